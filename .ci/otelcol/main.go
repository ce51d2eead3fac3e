// Runs the OpenTelemetry Collector with a configuration as it is in a manifest, sends traces to it, and says what came out at the
// other end. Its parts are those of the distribution that the library names by default. Of the configuration only addresses
// are replaced: those that it listens on, and those that it exports to, by receivers that keep what they are sent.
package main

import (
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/healthcheckextension"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/tailsamplingprocessor"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/otlpexporter"
	"go.opentelemetry.io/collector/exporter/otlphttpexporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"
	"go.opentelemetry.io/collector/processor/memorylimiterprocessor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.yaml.in/yaml/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
)

type question struct {
	Config string `json:"config"`
	// Variables of the container.
	Env map[string]string `json:"env"`
	// Where the kubelet asks.
	HealthPath string  `json:"healthPath"`
	Traces     []group `json:"traces"`
	// Seconds to wait for what is exported, after the last span was taken.
	Wait int `json:"wait"`
}

// Traces that are alike. Each is of two spans: one of a caller, and one within it that fails or not.
type group struct {
	Name         string `json:"name"`
	Count        int    `json:"count"`
	Fails        bool   `json:"fails"`
	Milliseconds int    `json:"milliseconds"`
}

type answer struct {
	// What the health check answers before and after the traces.
	Health []int `json:"health"`
	// By exporter.
	Exported map[string]*sink `json:"exported"`
	// What the collector warned of.
	Warnings []string `json:"warnings"`
}

// What one exporter has sent.
type sink struct {
	mu sync.Mutex
	// By group, how many traces came whole, and how many in part.
	Whole map[string]int `json:"whole"`
	Part  map[string]int `json:"part"`
	// The headers of the last request.
	Headers map[string][]string `json:"headers"`
	spans   map[string]map[pcommon.TraceID]int
}

const spansOfTrace = 2

func main() {
	var asked question
	must(json.NewDecoder(os.Stdin).Decode(&asked))
	for name, value := range asked.Env {
		must(os.Setenv(name, value))
	}
	folder, err := os.MkdirTemp("", "otelcol-")
	must(err)
	defer os.RemoveAll(folder)
	given := filepath.Join(folder, "given.yaml")
	must(os.WriteFile(given, []byte(asked.Config), 0o600))
	must(newCollector(nil, given).DryRun(context.Background()))

	said, err := asked.run(folder, given)
	must(err)
	must(json.NewEncoder(os.Stdout).Encode(said))
}

func (asked question) run(folder, given string) (answer, error) {
	said := answer{Exported: map[string]*sink{}}
	var config struct {
		Exporters map[string]any `yaml:"exporters"`
	}
	if err := yaml.Unmarshal([]byte(asked.Config), &config); err != nil {
		return said, err
	}
	exporters := map[string]any{}
	for id := range config.Exporters {
		said.Exported[id] = newSink()
		address, stop, err := said.Exported[id].listen(strings.HasPrefix(id, "otlp_http"))
		if err != nil {
			return said, err
		}
		defer stop()
		exporters[id] = map[string]any{"endpoint": address, "tls": map[string]any{"insecure": true}}
	}
	grpcAt, httpAt, healthAt := free(), free(), free()
	replaced, err := json.Marshal(map[string]any{
		"extensions": map[string]any{"health_check": map[string]any{"endpoint": healthAt}},
		"receivers": map[string]any{"otlp": map[string]any{"protocols": map[string]any{
			"grpc": map[string]any{"endpoint": grpcAt}, "http": map[string]any{"endpoint": httpAt},
		}}},
		"exporters": exporters,
		"service":   map[string]any{"telemetry": map[string]any{"metrics": map[string]any{"level": "none"}}},
	})
	if err != nil {
		return said, err
	}
	addresses := filepath.Join(folder, "addresses.yaml")
	if err := os.WriteFile(addresses, replaced, 0o600); err != nil {
		return said, err
	}

	collector := newCollector(&said.Warnings, given, addresses)
	ended := make(chan error, 1)
	go func() { ended <- collector.Run(context.Background()) }()
	for collector.GetState() != otelcol.StateRunning {
		select {
		case err := <-ended:
			return said, fmt.Errorf("it does not start: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
	said.Health = append(said.Health, status("http://"+healthAt+asked.HealthPath))
	if err := asked.send(grpcAt, httpAt); err != nil {
		return said, err
	}
	time.Sleep(time.Duration(asked.Wait) * time.Second)
	said.Health = append(said.Health, status("http://"+healthAt+asked.HealthPath))
	collector.Shutdown()
	if err := <-ended; err != nil {
		return said, err
	}
	for _, one := range said.Exported {
		one.count()
	}
	return said, nil
}

// Half of the traces by gRPC, half by HTTP; the two spans of a trace one after the other, as from two proxies.
func (asked question) send(grpcAt, httpAt string) error {
	connection, err := grpc.NewClient(grpcAt, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	client := ptraceotlp.NewGRPCClient(connection)
	start := time.Now()
	for span := 0; span < spansOfTrace; span++ {
		next := uint64(0)
		for _, one := range asked.Traces {
			for i := 0; i < one.Count; i++ {
				next++
				request := ptraceotlp.NewExportRequestFromTraces(one.span(next, span, start))
				if next%2 == 0 {
					if _, err := client.Export(context.Background(), request); err != nil {
						return err
					}
				} else if err := post(httpAt, request); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (one group) span(trace uint64, index int, start time.Time) ptrace.Traces {
	traces := ptrace.NewTraces()
	span := traces.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	// Spread over all ids, as random ones would be, and the same in each run: the golden ratio's multiples.
	var id pcommon.TraceID
	binary.BigEndian.PutUint64(id[:8], trace*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(id[8:], trace*0xd1342543de82ef95)
	span.SetTraceID(id)
	span.SetSpanID(pcommon.SpanID{byte(index + 1)})
	span.SetName(one.Name)
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(start))
	span.SetEndTimestamp(pcommon.NewTimestampFromTime(start.Add(time.Duration(one.Milliseconds) * time.Millisecond)))
	if index > 0 {
		span.SetParentSpanID(pcommon.SpanID{1})
	}
	if one.Fails && index == spansOfTrace-1 {
		span.Status().SetCode(ptrace.StatusCodeError)
	}
	return traces
}

func post(address string, request ptraceotlp.ExportRequest) error {
	body, err := request.MarshalProto()
	if err != nil {
		return err
	}
	response, err := http.Post("http://"+address+"/v1/traces", "application/x-protobuf", strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("a span sent by HTTP is answered %s", response.Status)
	}
	return nil
}

func newSink() *sink {
	return &sink{Whole: map[string]int{}, Part: map[string]int{}, spans: map[string]map[pcommon.TraceID]int{}}
}

// Takes what is exported, on an address of its own.
func (s *sink) listen(byHTTP bool) (string, func(), error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	if byHTTP {
		server := &http.Server{Handler: http.HandlerFunc(s.take)}
		go server.Serve(listener)
		return "http://" + listener.Addr().String(), func() { server.Close() }, nil
	}
	server := grpc.NewServer()
	ptraceotlp.RegisterGRPCServer(server, &grpcSink{sink: s})
	go server.Serve(listener)
	return listener.Addr().String(), server.Stop, nil
}

type grpcSink struct {
	ptraceotlp.UnimplementedGRPCServer
	sink *sink
}

func (g *grpcSink) Export(ctx context.Context, request ptraceotlp.ExportRequest) (ptraceotlp.ExportResponse, error) {
	headers, _ := metadata.FromIncomingContext(ctx)
	g.sink.keep(headers, request.Traces())
	return ptraceotlp.NewExportResponse(), nil
}

func (s *sink) take(response http.ResponseWriter, request *http.Request) {
	err := func() error {
		if request.URL.Path != "/v1/traces" {
			return errors.New("asked for " + request.URL.Path)
		}
		body := io.Reader(request.Body)
		if request.Header.Get("Content-Encoding") == "gzip" {
			unzipped, err := gzip.NewReader(body)
			if err != nil {
				return err
			}
			body = unzipped
		}
		all, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		sent := ptraceotlp.NewExportRequest()
		if err := sent.UnmarshalProto(all); err != nil {
			return err
		}
		headers := map[string][]string{}
		for name, values := range request.Header {
			headers[strings.ToLower(name)] = values
		}
		s.keep(headers, sent.Traces())
		return nil
	}()
	if err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
	}
}

func (s *sink) keep(headers map[string][]string, traces ptrace.Traces) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Headers = headers
	for _, resource := range traces.ResourceSpans().All() {
		for _, scope := range resource.ScopeSpans().All() {
			for _, span := range scope.Spans().All() {
				if s.spans[span.Name()] == nil {
					s.spans[span.Name()] = map[pcommon.TraceID]int{}
				}
				s.spans[span.Name()][span.TraceID()]++
			}
		}
	}
}

func (s *sink) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, traces := range s.spans {
		for _, spans := range traces {
			if spans == spansOfTrace {
				s.Whole[name]++
			} else {
				s.Part[name]++
			}
		}
	}
}

// With the files of a configuration, of which a later one replaces what an earlier one says.
func newCollector(warnings *[]string, files ...string) *otelcol.Collector {
	var uris []string
	for _, file := range files {
		uris = append(uris, "file:"+file)
	}
	quiet := zap.WrapCore(func(zapcore.Core) zapcore.Core {
		return warned{&sync.Mutex{}, warnings}
	})
	collector, err := otelcol.NewCollector(otelcol.CollectorSettings{
		BuildInfo: component.BuildInfo{Command: "otelcol", Version: "0"},
		Factories: factories,
		ConfigProviderSettings: otelcol.ConfigProviderSettings{ResolverSettings: confmap.ResolverSettings{
			URIs:              uris,
			ProviderFactories: []confmap.ProviderFactory{fileprovider.NewFactory(), envprovider.NewFactory()},
			DefaultScheme:     "env",
		}},
		LoggingOptions:          []zap.Option{quiet},
		DisableGracefulShutdown: true,
		SkipSettingGRPCLogger:   true,
	})
	must(err)
	return collector
}

// A log that keeps warnings and errors.
type warned struct {
	mu    *sync.Mutex
	texts *[]string
}

func (w warned) Enabled(level zapcore.Level) bool { return level >= zapcore.WarnLevel }

func (w warned) With([]zapcore.Field) zapcore.Core { return w }

func (w warned) Check(entry zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if w.Enabled(entry.Level) {
		return checked.AddCore(entry, w)
	}
	return checked
}

func (w warned) Write(entry zapcore.Entry, fields []zapcore.Field) error {
	if w.texts == nil {
		return nil
	}
	encoder := zapcore.NewMapObjectEncoder()
	for _, field := range fields {
		field.AddTo(encoder)
	}
	details, err := json.Marshal(encoder.Fields)
	w.mu.Lock()
	defer w.mu.Unlock()
	*w.texts = append(*w.texts, fmt.Sprintf("%s %s", entry.Message, details))
	return err
}

func (w warned) Sync() error { return nil }

func factories() (otelcol.Factories, error) {
	receivers, a := otelcol.MakeFactoryMap[receiver.Factory](otlpreceiver.NewFactory())
	processors, b := otelcol.MakeFactoryMap[processor.Factory](
		batchprocessor.NewFactory(), memorylimiterprocessor.NewFactory(), tailsamplingprocessor.NewFactory())
	exporters, c := otelcol.MakeFactoryMap[exporter.Factory](otlpexporter.NewFactory(), otlphttpexporter.NewFactory())
	extensions, d := otelcol.MakeFactoryMap[extension.Factory](healthcheckextension.NewFactory())
	return otelcol.Factories{
		Receivers:  receivers,
		Processors: processors,
		Exporters:  exporters,
		Extensions: extensions,
		Telemetry:  otelconftelemetry.NewFactory(),
	}, errors.Join(a, b, c, d)
}

func status(url string) int {
	response, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	return response.StatusCode
}

// An address that nobody listens on.
func free() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	defer listener.Close()
	return listener.Addr().String()
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
