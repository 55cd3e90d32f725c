# Sentences of the floor net.

## A call that failed: the call, its errno, and what that means here

net-error = { $call }: { $errno }. { $meaning }
net-error-limit = { $call } got no answer within { $limit } ({ $errno }). { $meaning }
net-meaning-closed = The socket is closed; the call was not made.
net-meaning-inexpressible = The call was not made, because its arguments cannot be put into the form in which C passes them: a path that is too long, or a value that is too large.
net-meaning-other = The manual page of { $name } says when that happens.
net-meaning-files-process = This process has as many open sockets and files as it may (ulimit -n). Close some, or raise the limit.
net-meaning-files-system = The whole system has as many open files as it may. Close some programs.
net-meaning-family = This system does not offer this family of addresses. IPv6 may be switched off.
net-meaning-socket-type = This family of addresses has no sockets of this type here.
net-meaning-bind-in-use = Another socket holds this address, or a connection that used it is in TIME_WAIT. Stop the other program, take another port (0 lets the system choose), or set SO_REUSEADDR on both the old and the new server before bind. A Unix path stays when its socket is closed: delete the file.
net-meaning-bind-access = The address is protected: a port below 1024 takes special rights, a Unix path takes a folder that can be written. Take a port of 1024 or above.
net-meaning-bind-permission = The system does not allow this program to take this address.
net-meaning-bind-not-here = This machine has no such address. Bind one of its own, 127.0.0.1, or 0.0.0.0 for all of them.
net-meaning-bind-again = The socket has an address already: bind works once. Make a new socket for another address.
net-meaning-address-family = The address is of another family than the socket. An IPv4 socket takes IPv4 addresses only.
net-meaning-path-missing = The path does not exist: no socket was bound to it, or its folder is missing. Start the server first.
net-meaning-path-folder = A part of the path is a file, not a folder.
net-meaning-path-read-only = The path lies on a file system that cannot be written.
net-meaning-listen-in-use = Another socket listens on this address already. Two sockets with SO_REUSEADDR may share an address, but only one may listen.
net-meaning-listen-datagram = A datagram socket has no connections: it neither listens nor accepts. Receive with recvfrom at once.
net-meaning-listen-state = The socket is connected, or on Windows not bound yet. A listener is bound and has no peer.
net-meaning-accept-not-listening = The socket does not listen: listen was not called, or the server is being stopped.
net-meaning-accept-nobody = Nobody connected: the socket does not block, or SO_RCVTIMEO has passed. Call accept again later.
net-meaning-accept-aborted = The client gave up before it was accepted. Accept the next one.
net-meaning-connect-refused = Nobody listens on this address: the machine answered that the port is closed. Start the server first, and compare address and port.
net-meaning-connect-no-answer = Nothing answered, not even a refusal: the machine is off, a firewall drops the packets, or the listener has a full queue.
net-meaning-net-unreachable = This machine has no route to that network. Compare the address, or use a loopback address such as 127.0.0.1 or ::1.
net-meaning-host-unreachable = There is a route, but the machine at its end does not answer to its address.
net-meaning-connect-no-port = No local port is left for this peer, or the address cannot be connected to (port 0).
net-meaning-connect-in-use = The same connection, from the same local address to the same peer, exists already.
net-meaning-connected = The socket is connected already, or listens. A stream socket connects once: make a new one.
net-meaning-connect-going-on = The connect goes on in the background: the socket does not block, or SO_SNDTIMEO has passed. Poll for POLLOUT, then read SO_ERROR.
net-meaning-connect-already = An earlier connect of this socket is still going on. Poll for POLLOUT, then read SO_ERROR.
net-meaning-connect-queue = The listener has a full queue (Unix), or no local port is free. Try again later.
net-meaning-connect-type = The path belongs to a socket of the other type: stream and datagram do not mix.
net-meaning-connect-address = The address does not fit the socket: an IPv4 address on an IPv6 socket, or a link-local address without its interface.
net-meaning-connect-access = Not allowed: a broadcast address without SO_BROADCAST, a firewall rule, or a Unix path that cannot be written.
net-meaning-connect-aborted = The connect was given up before it was answered: the program is being stopped, or the attempt has failed before.
net-meaning-connect-reset = The other side broke the connection off while it was being made.
net-meaning-send-pipe = The connection has ended: the peer closed it and has said so, this side shut its sending half, or it was never made. Nothing more can be sent.
net-meaning-reset = The peer broke the connection off with a RST: it closed with bytes unread, with SO_LINGER 0, or its program died. What was under way is lost.
net-meaning-datagram-refused = An earlier datagram met a closed port: the other machine said so, and this call is the first to tell. The socket works on.
net-meaning-not-connected = The socket has no peer: connect was not called or did not succeed, or the connection is over.
net-meaning-no-destination = The datagram has no address to go to. Call connect first, or use sendto.
net-meaning-send-full = There is no room in the send buffer: the socket does not block, or SO_SNDTIMEO has passed. The peer reads too slowly; poll for POLLOUT.
net-meaning-datagram-too-long = The datagram is longer than one can be: 65507 bytes over IPv4, 65527 over IPv6, less on some systems. Send several smaller ones.
net-meaning-send-access = Not allowed: a broadcast address takes SO_BROADCAST; otherwise a firewall rule forbids it.
net-meaning-send-buffers = The network interface has no room for it now. Send more slowly.
net-meaning-send-address = The address cannot be sent to: port 0, an address of another family, or a link-local address without its interface.
net-meaning-recv-nothing = Nothing came: the socket does not block, or SO_RCVTIMEO has passed. The connection is as it was; call again, or poll for POLLIN.
net-meaning-peer-silent = The peer stopped answering: keepalive probes or repeated segments went unanswered, or on Windows SO_RCVTIMEO has passed.
net-meaning-datagram-cut = The datagram was longer than the buffer; the rest of it is gone. Use a larger buffer.
net-meaning-option-value = The kernel does not take this value, or not in this state: some options must be set before bind.
net-meaning-option-unknown = This socket does not know the option: it belongs to another protocol.
net-meaning-option-family = Sockets of this family or type do not have the option.
net-meaning-option-rights = The option takes more rights than this program has.
net-meaning-option-domain = The value lies outside of what the kernel can count.
net-meaning-group-joined = The socket has joined this group on this interface already.
net-meaning-group-not-joined = The socket is not in this group on this interface, or the interface has no such address.
net-meaning-no-interface = There is no such network interface, or no route says which one to take. Name the interface.
net-meaning-group-stream = Multicast groups are for datagram sockets.
net-meaning-groups-full = The socket is in as many groups as it may be.
net-meaning-interrupted = A signal interrupted the call before anything was done. Call again.
net-meaning-memory = The kernel has no memory left for sockets.
net-meaning-permission = The system does not allow it: a firewall rule, or rights this program does not have.

## Socket options: what each does, and when that matters

net-option-so-broadcast = Allows datagrams to be sent to broadcast addresses; without it sendto fails with EACCES. It matters on the sending socket only.
net-option-so-keepalive = Sends a probe when a connection has been idle for long, and ends it with ETIMEDOUT when nobody answers. It matters when a peer may vanish without a word and nothing is sent that would find out.
net-option-so-linger = Makes close wait up to so many seconds until what was sent has been acknowledged; 0 throws it away and resets the connection with a RST. It matters when close must not return before the peer has the bytes, or when no TIME_WAIT may be left.
net-option-so-oobinline = Leaves an urgent byte (MSG_OOB) in the stream of bytes instead of beside it. It matters when the other side sends urgent bytes.
net-option-so-rcvbuf = Sets how many bytes may wait in the kernel until the program receives them; a full buffer stops a TCP sender and loses datagrams. Set it before connect or listen, because TCP settles its window scale there, and note that it ends automatic growth.
net-option-so-rcvtimeo = Limits how long recv, recvfrom and accept block; when it has passed they fail with EAGAIN (on Windows ETIMEDOUT). It matters when the program must not wait for ever.
net-option-so-reuseaddr = Lets bind take an address that a connection in TIME_WAIT still holds; on Linux the old socket must have had it too. It matters when a server is restarted at once; on Windows it even lets another program steal the port.
net-option-so-reuseport = Lets several sockets of one user bind the same address, and Linux shares connections and datagrams out among them. It matters when several processes or threads serve one port, and all of them must set it before bind.
net-option-so-sndbuf = Sets how many bytes the kernel takes from send before the peer has acknowledged them; a full buffer makes send block. It matters when one wants to see a send block or be partial, and it ends automatic growth.
net-option-so-sndtimeo = Limits how long send and connect block; when it has passed send fails with EAGAIN and connect with EINPROGRESS on Linux. It matters when a peer may read too slowly or not answer at all.
net-option-ip-add-membership = Joins an IPv4 multicast group on one interface, so that its datagrams are received. It matters on the receiver; a sender need not be a member.
net-option-ip-drop-membership = Leaves an IPv4 multicast group on one interface. It matters when the program goes on without the group; close leaves all of them.
net-option-ip-multicast-if = Chooses the interface by which IPv4 multicast datagrams leave, by its address. It matters when there are several, or no route leads to the group, as on loopback.
net-option-ip-multicast-loop = Says whether members on this machine receive the datagrams that this socket sends to IPv4 groups. It is set on the sender, on Windows on the receiver, and does nothing on the loopback interface.
net-option-ip-multicast-ttl = Limits how many routers a datagram to an IPv4 group may pass; 1 stays in the local network. It matters when members are further away.
net-option-ip-tos = Marks the packets of this socket with a class of service (DSCP, RFC 2474) for the routers on the way. It matters in networks that treat classes differently; on loopback nobody looks.
net-option-ip-ttl = Limits how many routers a packet of this socket may pass before it is thrown away. It matters when one wants to see how far a peer is, as traceroute does; on an IPv6 socket it counts for IPv4 peers.
net-option-ipv6-join-group = Joins an IPv6 multicast group on one interface, so that its datagrams are received. It matters on the receiver; the interface is named by its index.
net-option-ipv6-leave-group = Leaves an IPv6 multicast group on one interface. It matters when the program goes on without the group; close leaves all of them.
net-option-ipv6-multicast-hops = Limits how many routers a datagram to an IPv6 group may pass; 1 stays in the local network. It matters when members are further away.
net-option-ipv6-multicast-if = Chooses the interface by which IPv6 multicast datagrams leave, by its index; 0 leaves it to the routes. It matters when there are several interfaces.
net-option-ipv6-multicast-loop = Says whether members on this machine receive the datagrams that this socket sends to IPv6 groups. It is set on the sender, on Windows on the receiver.
net-option-ipv6-unicast-hops = Limits how many routers an IPv6 packet of this socket may pass before it is thrown away. It matters when one wants to see how far a peer is.
net-option-ipv6-v6only = Keeps an IPv6 socket from serving IPv4 peers too, which it would see as ::ffff:127.0.0.1. It matters on a server bound to ::, and only before bind; Linux and macOS begin without it, Windows with it.
net-option-tcp-keepcnt = Sets how many keepalive probes may go unanswered before the connection is given up. It matters together with SO_KEEPALIVE, which it does not switch on.
net-option-tcp-keepidle = Sets after how many idle seconds the first keepalive probe is sent. It matters together with SO_KEEPALIVE, which it does not switch on; macOS calls it TCP_KEEPALIVE.
net-option-tcp-keepintvl = Sets how many seconds pass between two keepalive probes. It matters together with SO_KEEPALIVE, which it does not switch on.
net-option-tcp-nodelay = Sends every small piece at once instead of waiting for the acknowledgement of the one before (Nagle, RFC 896). It matters when several small sends precede one answer; it does not keep messages apart.

## When an option matters, and what the kernel does to its value

net-when-before-bind = before bind
net-when-before-connect = before connect or listen
net-when-before-close = before close
net-when-any-time = at any time
net-effect-kept = Reads back as it was set
net-effect-receive-buffer = Linux cuts it to net.core.rmem_max and doubles it for its own records
net-effect-send-buffer = Linux cuts it to net.core.wmem_max and doubles it for its own records
net-effect-tick = Linux rounds it up to the next tick of its clock
net-effect-ecn = Linux keeps the two lowest bits (ECN) of a TCP socket for itself
net-effect-action = Joins or leaves; there is nothing to read back

## Values that an option does not take

net-value-flag = { $option } takes true or false, not { $given }
net-value-int = { $option } takes a whole number from { $min } to { $max }, not { $given }
net-value-time = { $option } takes a length of time with its unit, such as 5s or 500ms, or none, not { $given }
net-value-time-zero = { $option } = { $given } would wait for ever, because the kernel takes less than a microsecond for no limit. Write none if that is meant.
net-value-linger = { $option } takes off, or whole seconds from 0 to { $max }, such as 5s, not { $given }
net-value-linger-part = { $option } counts whole seconds. The kernel would cut the rest of { $given } off, and what then is 0 resets the connection at close.
net-value-address = { $option } takes the IPv4 address of an interface, such as 127.0.0.1, not { $given }
net-value-group4 = { $option } takes an IPv4 group and, where it is to be one interface, its address, such as 239.1.2.3 127.0.0.1, not { $given }
net-value-group6 = { $option } takes an IPv6 group and, where it is to be one interface, its index, such as ff15::1 1, not { $given }
net-value-not-multicast = { $option } takes a multicast group: 224.0.0.0 to 239.255.255.255, or an address that begins with ff. { $given } is none.

## Who can reach a socket that is bound to an address
net-reach-computer = only programs on this computer
net-reach-network = every computer in this network
net-reach-all = all addresses of this computer

# Names to addresses
net-resolver-again = No name server answered in time. Is this computer connected? Names in the hosts file need none.
net-resolver-no-name = There is no such name, or it has no address. Look at the spelling; a name without a point is looked for in the own network only.
net-resolver-fail = A name server refused the question.
net-resolver-service = There is no service of that name for a stream: give its port as a number.
net-resolver-family = The name has no address of this family.
net-resolver-other = The system says: { $said }
net-resolver-unfit = Not asked: a name is 1 to { $most } characters without spaces.

## The sockets of this machine
net-state-unconnected = not connected
net-state-connected = connected
net-state-listening = listening
net-state-connecting = connecting
net-state-disconnecting = disconnecting
net-timer-retransmit = sends again in { $left }
net-timer-keepalive = keepalive in { $left }
net-timer-time-wait = ends in { $left }
net-timer-probe = probes in { $left }

## Families of addresses
net-family-inet = Addresses of IPv4, with a port.
net-family-inet6 = Addresses of IPv6, with a port; such a socket may serve IPv4 too.
net-family-unix = Paths, and on Linux names: between the programs of one computer.
net-family-netlink = Messages between programs and the kernel. With NETLINK_SOCK_DIAG the kernel tells of all sockets: that is where ss takes its table from.
net-family-tipc = Services in a cluster, by their names, without knowing on which computer they run. Linux alone has it, and few kernels have it built in or loaded.
net-family-there = The kernel gave a socket, which was closed again: it has { $name }.
net-family-not-there = EAFNOSUPPORT: this kernel has no { $name }. Its module is not there, or may not be loaded; a program that wants it fails in this very call.
net-family-of-linux = { $name } is of Linux alone: on { $system } the kernel was not asked.
