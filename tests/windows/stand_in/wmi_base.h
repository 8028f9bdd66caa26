// SPDX-License-Identifier: MIT
#pragma once

#include "com_object.h"

#include <wbemcli.h>

/// WMI's interfaces with every method saying that it is not supported; a stand-in overrides what it answers.
#define STAND_IN_NOT_SUPPORTED(method, ...) \
    STDMETHODIMP method(__VA_ARGS__) override \
    { \
        return static_cast<HRESULT>(WBEM_E_NOT_SUPPORTED); \
    }

namespace stand_in
{

class ObjectBase : public Unknown<IWbemClassObject>
{
public:
    STAND_IN_NOT_SUPPORTED(GetQualifierSet, IWbemQualifierSet**);
    STAND_IN_NOT_SUPPORTED(Get, LPCWSTR, LONG, VARIANT*, CIMTYPE*, LONG*);
    STAND_IN_NOT_SUPPORTED(Put, LPCWSTR, LONG, VARIANT*, CIMTYPE);
    STAND_IN_NOT_SUPPORTED(Delete, LPCWSTR);
    STAND_IN_NOT_SUPPORTED(GetNames, LPCWSTR, LONG, VARIANT*, SAFEARRAY**);
    STAND_IN_NOT_SUPPORTED(BeginEnumeration, LONG);
    STAND_IN_NOT_SUPPORTED(Next, LONG, BSTR*, VARIANT*, CIMTYPE*, LONG*);
    STAND_IN_NOT_SUPPORTED(EndEnumeration);
    STAND_IN_NOT_SUPPORTED(GetPropertyQualifierSet, LPCWSTR, IWbemQualifierSet**);
    STAND_IN_NOT_SUPPORTED(Clone, IWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(GetObjectText, LONG, BSTR*);
    STAND_IN_NOT_SUPPORTED(SpawnDerivedClass, LONG, IWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(SpawnInstance, LONG, IWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(CompareTo, LONG, IWbemClassObject*);
    STAND_IN_NOT_SUPPORTED(GetPropertyOrigin, LPCWSTR, BSTR*);
    STAND_IN_NOT_SUPPORTED(InheritsFrom, LPCWSTR);
    STAND_IN_NOT_SUPPORTED(GetMethod, LPCWSTR, LONG, IWbemClassObject**, IWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(PutMethod, LPCWSTR, LONG, IWbemClassObject*, IWbemClassObject*);
    STAND_IN_NOT_SUPPORTED(DeleteMethod, LPCWSTR);
    STAND_IN_NOT_SUPPORTED(BeginMethodEnumeration, LONG);
    STAND_IN_NOT_SUPPORTED(NextMethod, LONG, BSTR*, IWbemClassObject**, IWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(EndMethodEnumeration);
    STAND_IN_NOT_SUPPORTED(GetMethodQualifierSet, LPCWSTR, IWbemQualifierSet**);
    STAND_IN_NOT_SUPPORTED(GetMethodOrigin, LPCWSTR, BSTR*);
};

class EnumeratorBase : public Unknown<IEnumWbemClassObject>
{
public:
    STAND_IN_NOT_SUPPORTED(Reset);
    STAND_IN_NOT_SUPPORTED(Next, LONG, ULONG, IWbemClassObject**, ULONG*);
    STAND_IN_NOT_SUPPORTED(NextAsync, ULONG, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(Clone, IEnumWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(Skip, LONG, ULONG);
};

class CallResultBase : public Unknown<IWbemCallResult>
{
public:
    STAND_IN_NOT_SUPPORTED(GetResultObject, LONG, IWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(GetResultString, LONG, BSTR*);
    STAND_IN_NOT_SUPPORTED(GetResultServices, LONG, IWbemServices**);
    STAND_IN_NOT_SUPPORTED(GetCallStatus, LONG, LONG*);
};

class ServicesBase : public Unknown<IWbemServices>
{
public:
    STAND_IN_NOT_SUPPORTED(
        OpenNamespace, const BSTR, LONG, IWbemContext*, IWbemServices**, IWbemCallResult**);
    STAND_IN_NOT_SUPPORTED(CancelAsyncCall, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(QueryObjectSink, LONG, IWbemObjectSink**);
    STAND_IN_NOT_SUPPORTED(GetObject, const BSTR, LONG, IWbemContext*, IWbemClassObject**, IWbemCallResult**);
    STAND_IN_NOT_SUPPORTED(GetObjectAsync, const BSTR, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(PutClass, IWbemClassObject*, LONG, IWbemContext*, IWbemCallResult**);
    STAND_IN_NOT_SUPPORTED(PutClassAsync, IWbemClassObject*, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(DeleteClass, const BSTR, LONG, IWbemContext*, IWbemCallResult**);
    STAND_IN_NOT_SUPPORTED(DeleteClassAsync, const BSTR, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(CreateClassEnum, const BSTR, LONG, IWbemContext*, IEnumWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(CreateClassEnumAsync, const BSTR, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(PutInstance, IWbemClassObject*, LONG, IWbemContext*, IWbemCallResult**);
    STAND_IN_NOT_SUPPORTED(PutInstanceAsync, IWbemClassObject*, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(DeleteInstance, const BSTR, LONG, IWbemContext*, IWbemCallResult**);
    STAND_IN_NOT_SUPPORTED(DeleteInstanceAsync, const BSTR, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(CreateInstanceEnum, const BSTR, LONG, IWbemContext*, IEnumWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(CreateInstanceEnumAsync, const BSTR, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(ExecQuery, const BSTR, const BSTR, LONG, IWbemContext*, IEnumWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(ExecQueryAsync, const BSTR, const BSTR, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(
        ExecNotificationQuery, const BSTR, const BSTR, LONG, IWbemContext*, IEnumWbemClassObject**);
    STAND_IN_NOT_SUPPORTED(
        ExecNotificationQueryAsync, const BSTR, const BSTR, LONG, IWbemContext*, IWbemObjectSink*);
    STAND_IN_NOT_SUPPORTED(ExecMethod, const BSTR, const BSTR, LONG, IWbemContext*, IWbemClassObject*,
        IWbemClassObject**, IWbemCallResult**);
    STAND_IN_NOT_SUPPORTED(
        ExecMethodAsync, const BSTR, const BSTR, LONG, IWbemContext*, IWbemClassObject*, IWbemObjectSink*);
};

} // namespace stand_in

#undef STAND_IN_NOT_SUPPORTED
