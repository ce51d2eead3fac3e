// Reads AlertmanagerConfigs and alerts, and says what the Prometheus operator makes of the former and what Alertmanager does with
// the latter: by the code of both, in memory. See README.md.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/blang/semver/v4"
	operator "github.com/prometheus-operator/prometheus-operator/pkg/alertmanager"
	validation "github.com/prometheus-operator/prometheus-operator/pkg/alertmanager/validation/v1alpha1"
	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	monitoringv1alpha1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1alpha1"
	"github.com/prometheus-operator/prometheus-operator/pkg/assets"
	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/dispatch"
	"github.com/prometheus/alertmanager/eventrecorder"
	"github.com/prometheus/alertmanager/inhibit"
	"github.com/prometheus/alertmanager/provider/mem"
	"github.com/prometheus/alertmanager/template"
	"github.com/prometheus/alertmanager/timeinterval"
	"github.com/prometheus/alertmanager/types"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/model"
	corev1 "k8s.io/api/core/v1"
)

type question struct {
	// What an Alertmanager of this version is given.
	Version  string                                   `json:"version"`
	Strategy string                                   `json:"strategy"`
	Configs  []*monitoringv1alpha1.AlertmanagerConfig `json:"configs"`
	Secrets  []*corev1.Secret                         `json:"secrets"`
	Cases    []struct {
		At     time.Time `json:"at"`
		Alerts []struct {
			Labels      model.LabelSet `json:"labels"`
			Annotations model.LabelSet `json:"annotations"`
			Resolved    bool           `json:"resolved"`
		} `json:"alerts"`
	} `json:"cases"`
}

type answer struct {
	Config string     `json:"config"`
	Cases  []caseSaid `json:"cases"`
}

type caseSaid struct {
	Alerts   []alertSaid `json:"alerts"`
	Messages []message   `json:"messages"`
}

type alertSaid struct {
	// Who would be told, were it not silenced.
	Receivers []string `json:"receivers"`
	// Of those, who is not told at this hour.
	Later    []string `json:"later"`
	Silenced bool     `json:"silenced"`
}

type message struct {
	Receiver string            `json:"receiver"`
	Kind     string            `json:"kind"`
	Texts    map[string]string `json:"texts"`
}

// Everybody else's alerts, and what the operator adds to.
const base = "route: {receiver: elsewhere}\nreceivers: [{name: elsewhere}]\n"

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fail("the question: %v", err)
	}
	ctx := context.Background()
	text := configured(ctx, asked)
	cfg, err := config.Load(text)
	if err != nil {
		fail("Alertmanager does not take what the operator makes: %v\n%s", err, text)
	}
	said := answer{Config: text, Cases: []caseSaid{}}
	for _, one := range asked.Cases {
		var alerts []*types.Alert
		for _, given := range one.Alerts {
			a := &types.Alert{Alert: model.Alert{Labels: given.Labels, Annotations: given.Annotations, StartsAt: time.Now().Add(-time.Hour), EndsAt: time.Now().Add(time.Hour)}, UpdatedAt: time.Now()}
			if given.Resolved {
				a.EndsAt = time.Now().Add(-time.Second)
			}
			alerts = append(alerts, a)
		}
		said.Cases = append(said.Cases, decide(ctx, cfg, one.At, alerts))
	}
	if err := json.NewEncoder(os.Stdout).Encode(said); err != nil {
		fail("%v", err)
	}
}

// What the operator makes of the objects.
func configured(ctx context.Context, asked question) string {
	stored := make([]any, 0, len(asked.Secrets))
	for _, secret := range asked.Secrets {
		stored = append(stored, secret)
	}
	store := assets.NewTestStoreBuilder(stored...)
	am := &monitoringv1.Alertmanager{}
	am.Namespace = "monitoring"
	am.Spec.AlertmanagerConfigMatcherStrategy.Type = monitoringv1.AlertmanagerConfigMatcherStrategyType(asked.Strategy)
	quiet := slog.New(slog.DiscardHandler)
	builder := operator.NewConfigBuilder(quiet, semver.MustParse(asked.Version), store, am)
	if err := builder.InitializeFromRawConfiguration([]byte(base)); err != nil {
		fail("%v", err)
	}
	byName := map[string]*monitoringv1alpha1.AlertmanagerConfig{}
	for _, one := range asked.Configs {
		if err := validation.ValidateAlertmanagerConfig(one); err != nil {
			fail("the operator refuses %s/%s: %v", one.Namespace, one.Name, err)
		}
		byName[one.Namespace+"/"+one.Name] = one
	}
	if err := builder.AddAlertmanagerConfigs(ctx, byName); err != nil {
		fail("the operator refuses: %v", err)
	}
	text, err := builder.MarshalJSON()
	if err != nil {
		fail("%v", err)
	}
	return string(text)
}

func decide(ctx context.Context, cfg *config.Config, at time.Time, alerts []*types.Alert) caseSaid {
	silenced := silencer(ctx, cfg, alerts)
	intervals := map[string][]timeinterval.TimeInterval{}
	for _, one := range cfg.MuteTimeIntervals {
		intervals[one.Name] = one.TimeIntervals
	}
	hours := timeinterval.NewIntervener(intervals)
	tree := dispatch.NewRoute(cfg.Route, nil)

	type group struct {
		route  *dispatch.Route
		labels model.LabelSet
		alerts []*types.Alert
	}
	groups := map[string]*group{}
	said := caseSaid{Alerts: []alertSaid{}, Messages: []message{}}
	for _, a := range alerts {
		one := alertSaid{Receivers: []string{}, Later: []string{}, Silenced: silenced(a)}
		for _, route := range tree.Match(a.Labels) {
			opts := route.RouteOpts
			one.Receivers = append(one.Receivers, opts.Receiver)
			active := true
			if len(opts.ActiveTimeIntervals) > 0 {
				within, _, err := hours.Mutes(opts.ActiveTimeIntervals, at)
				if err != nil {
					fail("%v", err)
				}
				active = within
			}
			if !active {
				one.Later = append(one.Later, opts.Receiver)
			}
			if one.Silenced || !active {
				continue
			}
			labels := model.LabelSet{}
			for name := range opts.GroupBy {
				if value, ok := a.Labels[name]; ok {
					labels[name] = value
				}
			}
			key := fmt.Sprintf("%04d %s", route.Idx, labels)
			if groups[key] == nil {
				groups[key] = &group{route: route, labels: labels}
			}
			groups[key].alerts = append(groups[key].alerts, a)
		}
		said.Alerts = append(said.Alerts, one)
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		g := groups[key]
		said.Messages = append(said.Messages, messages(cfg, g.route.RouteOpts.Receiver, g.labels, g.alerts)...)
	}
	return said
}

// Alertmanager's own inhibitor, with these alerts in it.
func silencer(ctx context.Context, cfg *config.Config, alerts []*types.Alert) func(*types.Alert) bool {
	quiet := slog.New(slog.DiscardHandler)
	store, err := mem.NewAlerts(ctx, time.Hour, 0, nil, quiet, eventrecorder.NopRecorder(), prometheus.NewRegistry(), nil)
	if err != nil {
		fail("%v", err)
	}
	if err := store.Put(ctx, alerts...); err != nil {
		fail("%v", err)
	}
	inhibitor := inhibit.NewInhibitor(store, cfg.InhibitRules, quiet, eventrecorder.NopRecorder())
	go inhibitor.Run()
	inhibitor.WaitForLoading()
	return func(a *types.Alert) bool { return inhibitor.Mutes(ctx, a.Labels) }
}

// What each integration of a receiver would say.
func messages(cfg *config.Config, name string, labels model.LabelSet, alerts []*types.Alert) []message {
	tmpl, err := template.FromGlobs(nil)
	if err != nil {
		fail("%v", err)
	}
	tmpl.ExternalURL = &url.URL{Scheme: "https", Host: "alertmanager.example.com"}
	data := tmpl.Data(name, labels, "", alerts...)
	var said []message
	add := func(kind string, texts map[string]string) {
		for key, text := range texts {
			rendered, err := tmpl.ExecuteTextString(text, data)
			if err != nil {
				fail("%s, %s of %s: %v", key, kind, name, err)
			}
			texts[key] = rendered
		}
		said = append(said, message{Receiver: name, Kind: kind, Texts: texts})
	}
	at := slices.IndexFunc(cfg.Receivers, func(r config.Receiver) bool { return r.Name == name })
	receiver := cfg.Receivers[at]
	for _, c := range receiver.PagerdutyConfigs {
		texts := map[string]string{"description": c.Description, "severity": c.Severity, "class": c.Class, "component": c.Component, "group": c.Group}
		texts["firing"], _ = c.Details["firing"].(string)
		for _, link := range c.Links {
			texts[link.Text] = link.Href
		}
		add("pagerduty", texts)
	}
	for _, c := range receiver.SlackConfigs {
		add("slack", map[string]string{"channel": c.Channel, "title": c.Title, "text": c.Text})
	}
	for _, c := range receiver.MSTeamsV2Configs {
		add("msteamsv2", map[string]string{"title": c.Title, "text": c.Text})
	}
	for _, c := range receiver.DiscordConfigs {
		add("discord", map[string]string{"title": c.Title, "message": c.Message})
	}
	for _, c := range receiver.EmailConfigs {
		add("email", map[string]string{"to": c.To, "subject": c.Headers["Subject"], "text": c.Text, "html": c.HTML})
	}
	return said
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}
