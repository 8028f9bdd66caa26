// SPDX-License-Identifier: MIT
// A network without a proxy, for a Wine prefix that runs with this library preloaded: every name is this computer's,
// and port 443 is the one that MARS_DIRECT_PORT names, where proxy.py answers as the real hosts might. Nothing leaves
// this computer.
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <ctype.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static int is_far_name(const char* name)
{
    return name != NULL && isalpha((unsigned char)name[0]) && strchr(name, '.') != NULL;
}

int getaddrinfo(
    const char* name, const char* service, const struct addrinfo* hints, struct addrinfo** result)
{
    int (*real)(const char*, const char*, const struct addrinfo*, struct addrinfo**);
    *(void**)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    return real(is_far_name(name) ? "127.0.0.1" : name, service, hints, result);
}

int connect(int socket, const struct sockaddr* address, socklen_t length)
{
    int (*real)(int, const struct sockaddr*, socklen_t);
    *(void**)&real = dlsym(RTLD_NEXT, "connect");
    const char* port = getenv("MARS_DIRECT_PORT");
    struct sockaddr_in changed;
    if (port != NULL && address->sa_family == AF_INET && length >= sizeof changed)
    {
        memcpy(&changed, address, sizeof changed);
        if (changed.sin_port == htons(443) && changed.sin_addr.s_addr == htonl(INADDR_LOOPBACK))
        {
            changed.sin_port = htons((unsigned short)atoi(port));
            return real(socket, (const struct sockaddr*)&changed, sizeof changed);
        }
    }
    return real(socket, address, length);
}
