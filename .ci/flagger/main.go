// Command flagger plays releases through Flagger's own packages, upon clients that keep objects in memory, and prints what
// the cluster holds after each tick.
//
//	go run . read  <objects.json   the objects as Kubernetes' own types hold them
//	go run . play  <cases.json     the releases
package main

import (
	"encoding/json"
	"fmt"
	"os"

	flaggerv1 "github.com/fluxcd/flagger/pkg/apis/flagger/v1beta1"
)

// release is one release of one Canary.
type release struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace"`
	Canary    string            `json:"canary"`
	Provider  string            `json:"provider"`
	Objects   []json.RawMessage `json:"objects"`
	Events    []event           `json:"events"`
}

// event is what happens around Flagger: `tick`, `put`, `fail checks`, `stick primary`, `mend primary`.
type event struct {
	Do      string            `json:"do"`
	Objects []json.RawMessage `json:"objects,omitempty"`
}

type played struct {
	Name string `json:"name"`
	// Unknown are fields of the manifests that Flagger's types do not know.
	Unknown []string `json:"unknown,omitempty"`
	Ticks   []tick   `json:"ticks"`
}

type tick struct {
	Status  flaggerv1.CanaryStatus `json:"status"`
	Objects []json.RawMessage      `json:"objects"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: flagger read|play <input.json >output.json")
	}
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	switch args[0] {
	case "read":
		var objects []json.RawMessage
		if err := in.Decode(&objects); err != nil {
			return err
		}
		read, err := readAll(objects)
		if err != nil {
			return err
		}
		return out.Encode(read)
	case "play":
		var releases []release
		if err := in.Decode(&releases); err != nil {
			return err
		}
		results := make([]played, 0, len(releases))
		for _, one := range releases {
			result, err := play(one)
			if err != nil {
				return fmt.Errorf("%s: %w", one.Name, err)
			}
			results = append(results, result)
		}
		return out.Encode(results)
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// readAll gives back what Kubernetes' own types keep of the objects, in their own spelling.
func readAll(objects []json.RawMessage) ([]any, error) {
	c := newCluster()
	read := make([]any, 0, len(objects))
	for _, raw := range objects {
		object, _, err := c.decode(raw)
		if err != nil {
			return nil, err
		}
		// What Flagger's types lose of a Canary or a ScaledObject is for the prediction to know.
		if kind := c.kindOf(object); kind.Group == "flagger.app" || kind.Group == "keda.sh" {
			read = append(read, raw)
		} else {
			read = append(read, object)
		}
	}
	return read, nil
}

func play(of release) (played, error) {
	result := played{Name: of.Name}
	c := newCluster()
	put := func(objects []json.RawMessage) error {
		for _, raw := range objects {
			unknown, err := c.put(raw)
			if err != nil {
				return err
			}
			result.Unknown = append(result.Unknown, unknown...)
		}
		return nil
	}
	if err := put(of.Objects); err != nil {
		return result, err
	}
	scheduler, err := newScheduler(c, of.Provider)
	if err != nil {
		return result, err
	}
	stuck := ""
	for _, event := range of.Events {
		switch event.Do {
		case "put":
			err = put(event.Objects)
		case "fail checks":
			err = c.changeStatus(of, func(canary *flaggerv1.Canary) { canary.Status.FailedChecks = canary.GetAnalysisThreshold() })
		case "stick primary":
			canary, getErr := c.canary(of.Namespace, of.Canary)
			if getErr != nil {
				return result, getErr
			}
			stuck = canary.Spec.TargetRef.Name + "-primary"
		case "mend primary":
			stuck = ""
		case "tick":
			if err = c.settle(of.Namespace, stuck); err != nil {
				break
			}
			if stuck != "" {
				err = c.changeStatus(of, func(canary *flaggerv1.Canary) { canary.Status.LastTransitionTime = longAgo() })
			}
			if err != nil {
				break
			}
			advanceCanary(scheduler, of.Canary, of.Namespace)
			var now tick
			if now, err = c.snapshot(of); err == nil {
				result.Ticks = append(result.Ticks, now)
			}
		default:
			err = fmt.Errorf("unknown event %q", event.Do)
		}
		if err != nil {
			return result, fmt.Errorf("%s: %w", event.Do, err)
		}
	}
	return result, nil
}

func (c *cluster) changeStatus(of release, change func(*flaggerv1.Canary)) error {
	canary, err := c.canary(of.Namespace, of.Canary)
	if err != nil {
		return err
	}
	change(canary)
	return c.saveCanary(canary)
}

func (c *cluster) snapshot(of release) (tick, error) {
	canary, err := c.canary(of.Namespace, of.Canary)
	if err != nil {
		return tick{}, err
	}
	objects, err := c.objects(of.Namespace)
	return tick{Status: canary.Status, Objects: objects}, err
}
