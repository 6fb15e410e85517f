package lab

import (
	"time"

	"atelier/assets/words"
	"atelier/lessons/standstill"
)

// explain adds to an expectation that did not hold what may be the cause.
func explain(err error, w *standstill.Watch) error {
	stood := w.Worst()
	if stood == 0 {
		return err
	}
	return words.Errorf(
		"%v. But this machine stood still for %v meanwhile, so times and attempts may have come out otherwise: run it again, with less beside it",
		"%v. Mais cette machine s’est figée %v entre-temps : durées et tentatives ont pu en changer. Relancez, avec moins de choses à côté", err, stood.Round(10*time.Millisecond))
}
