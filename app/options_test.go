package app

import "testing"

func TestPasswordCostIsTheRecommendedOne(t *testing.T) {
	o := Options{}
	o.setDefaults()
	if o.HashCost != (HashCost{Memory: 19456, Time: 2}) {
		t.Errorf("%+v", o.HashCost)
	}
}
