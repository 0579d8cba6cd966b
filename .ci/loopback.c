/* Preloaded into the pcscd of a test: its virtual reader would listen on every address of the machine, and listens on
   the one loopback address of that test instead. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int bind(int descriptor, const struct sockaddr *address, socklen_t length)
{
    struct sockaddr_in here;
    const char *host = getenv("VPCD_HOST");

    if (address->sa_family != AF_INET)
        return (int)syscall(SYS_bind, descriptor, address, length);
    here = *(const struct sockaddr_in *)address;
    if (host == NULL || inet_pton(AF_INET, host, &here.sin_addr) != 1)
        return -1;
    return (int)syscall(SYS_bind, descriptor, &here, sizeof here);
}
