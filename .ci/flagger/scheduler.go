package main

import (
	"fmt"
	_ "unsafe" // for go:linkname

	"github.com/fluxcd/flagger/pkg/canary"
	informers "github.com/fluxcd/flagger/pkg/client/informers/externalversions"
	"github.com/fluxcd/flagger/pkg/controller"
	"github.com/fluxcd/flagger/pkg/metrics/observers"
	"github.com/fluxcd/flagger/pkg/notifier"
	"github.com/fluxcd/flagger/pkg/router"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
)

// advanceCanary is one tick of Flagger's scheduler. It is not exported, and Run, which is, only ticks every ten seconds.
//
//go:linkname advanceCanary github.com/fluxcd/flagger/pkg/controller.(*Controller).advanceCanary
func advanceCanary(c *controller.Controller, name, namespace string)

// selectorLabels are the defaults of cmd/flagger.
var selectorLabels = []string{"app", "name", "app.kubernetes.io/name"}

// newScheduler builds Flagger as its command does, with its defaults, upon the clients of a cluster that is not there.
func newScheduler(c *cluster, provider string) (*controller.Controller, error) {
	logger := zap.NewNop().Sugar()
	observer, err := observers.NewFactory("http://prometheus.invalid:9090")
	if err != nil {
		return nil, fmt.Errorf("observers: %w", err)
	}
	known := informers.NewSharedInformerFactory(c.flagger, 0).Flagger().V1beta1()
	tracker := &canary.ConfigTracker{Logger: logger, KubeClient: c.kube, FlaggerClient: c.flagger}

	// Its metrics go into the default registry, which takes them once in a process.
	prometheus.DefaultRegisterer = prometheus.NewRegistry()
	return controller.NewController(
		c.kube,
		nil,
		c.flagger,
		controller.Informers{
			CanaryInformer: known.Canaries(),
			MetricInformer: known.MetricTemplates(),
			AlertInformer:  known.AlertProviders(),
		},
		0,
		logger,
		&notifier.NopNotifier{},
		canary.NewFactory(c.kube, c.flagger, nil, tracker, selectorLabels, []string{""}, logger),
		router.NewFactory(nil, c.kube, c.flagger, nil, "nginx.ingress.kubernetes.io", "", logger, c.flagger, true),
		observer,
		provider,
		"1.44.0",
		"",
		"",
		false,
		nil,
	), nil
}
