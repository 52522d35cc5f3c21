package lan

import (
	"context"
	"errors"
	"io"
	"net"
	"time"

	"github.com/pion/logging"
	"github.com/pion/mdns/v2"
	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// Others forget an announcement after so many seconds: there is no goodbye.
const announcedFor = 30

var errNowhere = errors.New("no interface takes multicast")

// Discover answers whoever looks for hosts in the name of me, unless that is
// nil, and looks for others, unless found is nil, until ctx ends. It uses the
// interfaces as they are when it starts, so it is to be started anew when they
// change. found gets the whole list whenever it changes, from one goroutine.
// An error means that this network takes no multicast.
func Discover(ctx context.Context, me *Service, found func([]Host)) error {
	conn, err := open(me)
	if err != nil {
		return err
	}
	defer conn.Close()
	if found == nil {
		<-ctx.Done()
		return nil
	}
	self := ""
	if me != nil {
		self = me.Instance
	}
	return newSearch(self, found).run(ctx, conn)
}

// open joins the groups of multicast DNS on every interface that leads to
// people.
func open(me *Service) (*mdns.Conn, error) {
	interfaces := outward(Read())
	if len(interfaces) == 0 {
		return nil, errNowhere
	}
	options := []mdns.ServerOption{
		mdns.WithInterfaces(interfaces...),
		mdns.WithResponseTTL(announcedFor),
		mdns.WithQueryInterval(time.Second),
		// Where multicast is blocked it would speak up every second.
		mdns.WithLoggerFactory(&logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled}),
	}
	if me != nil {
		options = append(options, mdns.WithLocalNames(me.localName()), mdns.WithService(me.instance()))
	}
	var p4 *ipv4.PacketConn
	var p6 *ipv6.PacketConn
	c4, err4 := listen("udp4", mdns.DefaultAddressIPv4)
	if err4 == nil {
		p4 = ipv4.NewPacketConn(c4)
	}
	c6, err6 := listen("udp6", mdns.DefaultAddressIPv6)
	if err6 == nil {
		p6 = ipv6.NewPacketConn(c6)
	}
	if err4 != nil && err6 != nil {
		return nil, err4
	}
	conn, err := mdns.NewServer(p4, p6, options...)
	if err != nil {
		for _, c := range []*net.UDPConn{c4, c6} {
			if c != nil {
				c.Close()
			}
		}
	}
	return conn, err
}

// listen shares the port with the system's own responder.
func listen(network, address string) (*net.UDPConn, error) {
	addr, err := net.ResolveUDPAddr(network, address)
	if err != nil {
		return nil, err
	}
	return net.ListenUDP(network, addr)
}

// outward gives the interfaces on which people may be: neither tunnels nor
// what leads inside this computer.
func outward(n Network) []net.Interface {
	wanted := map[string]bool{}
	for _, a := range Rank(n, nil) {
		if a.Kind != VPN && a.Kind != Virtual {
			wanted[a.Interface] = true
		}
	}
	var out []net.Interface
	all, _ := net.Interfaces()
	for _, i := range all {
		if wanted[i.Name] && i.Flags&net.FlagMulticast != 0 {
			out = append(out, i)
		}
	}
	return out
}
