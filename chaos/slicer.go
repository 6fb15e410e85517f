package chaos

import "atelier/assets/words"

// slicer cuts data into small pieces. Toxiproxy recurses without end on an
// average size of 0, and panics where the variation exceeds the size.
func slicer() Kind {
	return Kind{
		Name: "slicer",
		Says: words.Text{
			En: "Data arrives in small pieces, with a delay after each.",
			Fr: "Les données arrivent en petits morceaux, avec un délai après chacun.",
		},
		Attributes: []Attribute{
			{
				Name: "average_size", Unit: Bytes, Default: 64, Min: 1, Max: 1 << 30, Required: true,
				Says: words.Text{En: "the size of a piece", Fr: "la taille d’un morceau"},
			},
			{
				Name: "size_variation", Unit: Bytes, Max: 1 << 30,
				Says: words.Text{En: "how much it varies; less than the size", Fr: "sa variation ; moins que la taille"},
			},
			{
				Name: "delay", Unit: Microseconds, Max: 60 * 1000 * 1000,
				Says: words.Text{En: "the delay after each piece", Fr: "le délai après chaque morceau"},
			},
		},
		Streams: bothWays(),
		holds:   longerThanAnybodyWaits,
		check: func(attributes map[string]int64) error {
			size, variation := attributes["average_size"], attributes["size_variation"]
			if size < 1 {
				return words.Errorf(
					"slicer needs average_size, at least 1 B",
					"slicer demande average_size, au moins 1 o")
			}
			if variation >= size {
				return words.Errorf(
					"slicer: size_variation (%s) must be less than average_size (%s)",
					"slicer : size_variation (%s) doit être inférieur à average_size (%s)",
					Bytes.Tell(variation), Bytes.Tell(size))
			}
			return nil
		},
		tell: func(attributes map[string]int64) words.Text {
			size := Bytes.Tell(attributes["average_size"])
			if delay := attributes["delay"]; delay > 0 {
				return words.Textf("slicer %s every %s", "slicer %s toutes les %s", size, Microseconds.Tell(delay))
			}
			return words.Textf("slicer %s", "slicer %s", size)
		},
	}
}
