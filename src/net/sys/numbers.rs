//! Options of Linux whose value is one C `int`, by getsockopt(2) and setsockopt(2) as nix spells them out: socket2 lacks them.

use nix::{getsockopt_impl, setsockopt_impl, sockopt_impl};

/// The most bytes that `TCP_CONGESTION` and `SO_BINDTODEVICE` take, with the 0 at the end (`TCP_CA_NAME_MAX`, `IFNAMSIZ`).
pub(in crate::net) const LONGEST_NAME: usize = 16;

/// `IP_LOCAL_PORT_RANGE` of `include/uapi/linux/in.h`, since Linux 6.3.
const IP_LOCAL_PORT_RANGE: libc::c_int = 51;
/// `IPV6_MULTICAST_ALL` of `include/uapi/linux/in6.h`, since Linux 4.20.
const IPV6_MULTICAST_ALL: libc::c_int = 29;
/// `SO_BUF_LOCK` of `include/uapi/asm-generic/socket.h`, since Linux 5.14.
const SO_BUF_LOCK: libc::c_int = 72;
/// `TCP_RTO_MAX_MS` of `include/uapi/linux/tcp.h`, since Linux 6.15.
const TCP_RTO_MAX_MS: libc::c_int = 44;

macro_rules! numbers {
    ($($name:ident: $level:path, $option:path;)*) => {
        $(sockopt_impl!(
            /// The option of this name, as an `int`.
            $name, Both, $level, $option, libc::c_int
        );)*
    };
}

numbers! {
    BusyPoll: libc::SOL_SOCKET, libc::SO_BUSY_POLL;
    DontRoute: libc::SOL_SOCKET, libc::SO_DONTROUTE;
    IncomingCpu: libc::SOL_SOCKET, libc::SO_INCOMING_CPU;
    IncomingNapiId: libc::SOL_SOCKET, libc::SO_INCOMING_NAPI_ID;
    AcceptConn: libc::SOL_SOCKET, libc::SO_ACCEPTCONN;
    BindToIfIndex: libc::SOL_SOCKET, libc::SO_BINDTOIFINDEX;
    BufLock: libc::SOL_SOCKET, SO_BUF_LOCK;
    LockFilter: libc::SOL_SOCKET, libc::SO_LOCK_FILTER;
    Timestamping: libc::SOL_SOCKET, libc::SO_TIMESTAMPING;
    Domain: libc::SOL_SOCKET, libc::SO_DOMAIN;
    Mark: libc::SOL_SOCKET, libc::SO_MARK;
    NoCheck: libc::SOL_SOCKET, libc::SO_NO_CHECK;
    PassCred: libc::SOL_SOCKET, libc::SO_PASSCRED;
    PeekOff: libc::SOL_SOCKET, libc::SO_PEEK_OFF;
    Priority: libc::SOL_SOCKET, libc::SO_PRIORITY;
    Protocol: libc::SOL_SOCKET, libc::SO_PROTOCOL;
    RcvBufForce: libc::SOL_SOCKET, libc::SO_RCVBUFFORCE;
    RcvLowat: libc::SOL_SOCKET, libc::SO_RCVLOWAT;
    RxqOvfl: libc::SOL_SOCKET, libc::SO_RXQ_OVFL;
    SndBufForce: libc::SOL_SOCKET, libc::SO_SNDBUFFORCE;
    Timestamp: libc::SOL_SOCKET, libc::SO_TIMESTAMP;
    TimestampNs: libc::SOL_SOCKET, libc::SO_TIMESTAMPNS;
    Type: libc::SOL_SOCKET, libc::SO_TYPE;
    ZeroCopy: libc::SOL_SOCKET, libc::SO_ZEROCOPY;
    BindAddressNoPort: libc::IPPROTO_IP, libc::IP_BIND_ADDRESS_NO_PORT;
    FreeBind: libc::IPPROTO_IP, libc::IP_FREEBIND;
    HeaderIncluded: libc::IPPROTO_IP, libc::IP_HDRINCL;
    LocalPortRange: libc::IPPROTO_IP, IP_LOCAL_PORT_RANGE;
    MinTtl: libc::IPPROTO_IP, libc::IP_MINTTL;
    Mtu: libc::IPPROTO_IP, libc::IP_MTU;
    MtuDiscover: libc::IPPROTO_IP, libc::IP_MTU_DISCOVER;
    MulticastAll: libc::IPPROTO_IP, libc::IP_MULTICAST_ALL;
    PacketInfo: libc::IPPROTO_IP, libc::IP_PKTINFO;
    RecvErr: libc::IPPROTO_IP, libc::IP_RECVERR;
    RecvOriginalDestination: libc::IPPROTO_IP, libc::IP_RECVORIGDSTADDR;
    RecvTos: libc::IPPROTO_IP, libc::IP_RECVTOS;
    RecvTtl: libc::IPPROTO_IP, libc::IP_RECVTTL;
    Transparent: libc::IPPROTO_IP, libc::IP_TRANSPARENT;
    UnicastIf: libc::IPPROTO_IP, libc::IP_UNICAST_IF;
    AutoFlowLabel6: libc::IPPROTO_IPV6, libc::IPV6_AUTOFLOWLABEL;
    DontFragment6: libc::IPPROTO_IPV6, libc::IPV6_DONTFRAG;
    FreeBind6: libc::IPPROTO_IPV6, libc::IPV6_FREEBIND;
    HeaderIncluded6: libc::IPPROTO_IPV6, libc::IPV6_HDRINCL;
    Mtu6: libc::IPPROTO_IPV6, libc::IPV6_MTU;
    MtuDiscover6: libc::IPPROTO_IPV6, libc::IPV6_MTU_DISCOVER;
    MulticastAll6: libc::IPPROTO_IPV6, IPV6_MULTICAST_ALL;
    RecvErr6: libc::IPPROTO_IPV6, libc::IPV6_RECVERR;
    RecvHopLimit6: libc::IPPROTO_IPV6, libc::IPV6_RECVHOPLIMIT;
    RecvPacketInfo6: libc::IPPROTO_IPV6, libc::IPV6_RECVPKTINFO;
    RecvTrafficClass6: libc::IPPROTO_IPV6, libc::IPV6_RECVTCLASS;
    TrafficClass6: libc::IPPROTO_IPV6, libc::IPV6_TCLASS;
    Transparent6: libc::IPPROTO_IPV6, libc::IPV6_TRANSPARENT;
    Cork: libc::IPPROTO_TCP, libc::TCP_CORK;
    DeferAccept: libc::IPPROTO_TCP, libc::TCP_DEFER_ACCEPT;
    FastOpen: libc::IPPROTO_TCP, libc::TCP_FASTOPEN;
    FastOpenConnect: libc::IPPROTO_TCP, libc::TCP_FASTOPEN_CONNECT;
    Inq: libc::IPPROTO_TCP, libc::TCP_INQ;
    Linger2: libc::IPPROTO_TCP, libc::TCP_LINGER2;
    MaxSeg: libc::IPPROTO_TCP, libc::TCP_MAXSEG;
    NotSentLowat: libc::IPPROTO_TCP, libc::TCP_NOTSENT_LOWAT;
    QuickAck: libc::IPPROTO_TCP, libc::TCP_QUICKACK;
    RtoMax: libc::IPPROTO_TCP, TCP_RTO_MAX_MS;
    SynCount: libc::IPPROTO_TCP, libc::TCP_SYNCNT;
    ThinLinearTimeouts: libc::IPPROTO_TCP, libc::TCP_THIN_LINEAR_TIMEOUTS;
    UserTimeout: libc::IPPROTO_TCP, libc::TCP_USER_TIMEOUT;
    WindowClamp: libc::IPPROTO_TCP, libc::TCP_WINDOW_CLAMP;
    UdpGro: libc::SOL_UDP, libc::UDP_GRO;
    UdpSegment: libc::SOL_UDP, libc::UDP_SEGMENT;
}

// What is no larger than a `u32` but may be larger than an `int`.
sockopt_impl!(
    /// `SO_MAX_PACING_RATE` in bytes a second, all ones for no limit.
    MaxPacingRate,
    Both,
    libc::SOL_SOCKET,
    libc::SO_MAX_PACING_RATE,
    u32
);
