package bench

import "time"

func init() { leaveTime = 10 * time.Second }
