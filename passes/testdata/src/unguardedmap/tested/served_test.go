package tested

import (
	"testing"
	"time"
)

type hubSuite struct{ hub *Hub }

func (s *hubSuite) T() *testing.T { return nil }

// A test starts the hub on a goroutine, since that returns when the hub is shut.
func (s *hubSuite) TestHubOk() {
	s.hub = &Hub{}
	go s.hub.Start(":80")
	time.Sleep(time.Second)
	if s.hub.Count("me") != 0 {
		s.T().Fatal("somebody")
	}
}

func (s *hubSuite) TestHubAgainOk() {
	s.hub = &Hub{}
	go s.hub.Start(":81")
	time.Sleep(time.Second)
	s.hub.Stop()
}
