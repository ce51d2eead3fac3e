package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	flaggerfake "github.com/fluxcd/flagger/pkg/client/clientset/versioned/fake"
	flaggerscheme "github.com/fluxcd/flagger/pkg/client/clientset/versioned/scheme"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	jsonserializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	kubefake "k8s.io/client-go/kubernetes/fake"
	kubescheme "k8s.io/client-go/kubernetes/scheme"
	clienttesting "k8s.io/client-go/testing"

	flaggerv1 "github.com/fluxcd/flagger/pkg/apis/flagger/v1beta1"
)

// cluster keeps objects for Flagger's clients, and does what an API server does beyond that, where it shows.
type cluster struct {
	kube    *kubefake.Clientset
	flagger *flaggerfake.Clientset
	scheme  *runtime.Scheme
}

// resources are what Flagger makes and changes.
var resources = []schema.GroupVersionResource{
	{Group: "apps", Version: "v1", Resource: "deployments"},
	{Group: "apps", Version: "v1", Resource: "daemonsets"},
	{Version: "v1", Resource: "services"},
	{Version: "v1", Resource: "configmaps"},
	{Version: "v1", Resource: "secrets"},
	{Group: "autoscaling", Version: "v2", Resource: "horizontalpodautoscalers"},
	{Group: "keda.sh", Version: "v1alpha1", Resource: "scaledobjects"},
	{Group: "networking.istio.io", Version: "v1beta1", Resource: "virtualservices"},
	{Group: "networking.istio.io", Version: "v1beta1", Resource: "destinationrules"},
}

var canaries = schema.GroupVersionResource{Group: "flagger.app", Version: "v1beta1", Resource: "canaries"}

func newScheme() *runtime.Scheme {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{kubescheme.AddToScheme, flaggerscheme.AddToScheme} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	return scheme
}

func newCluster() *cluster {
	c := &cluster{kube: kubefake.NewSimpleClientset(), flagger: flaggerfake.NewSimpleClientset(), scheme: newScheme()}
	c.kube.PrependReactor("*", "*", c.asOnTheWire(c.kube.Tracker()))
	c.flagger.PrependReactor("*", "*", c.asOnTheWire(c.flagger.Tracker()))
	return c
}

// asOnTheWire keeps what is left of an object after it has been JSON, and of a status update nothing but the status. The
// fake clients keep Go values: empty lists, which JSON leaves out, and changes of the spec, which the API server ignores.
func (c *cluster) asOnTheWire(tracker clienttesting.ObjectTracker) clienttesting.ReactionFunc {
	return func(action clienttesting.Action) (bool, runtime.Object, error) {
		resource, namespace := action.GetResource(), action.GetNamespace()
		switch action := action.(type) {
		case clienttesting.CreateActionImpl:
			object, err := c.roundTrip(action.GetObject())
			if err != nil {
				return true, nil, err
			}
			setGeneration(object, 1)
			return true, object, tracker.Create(resource, object, namespace)
		case clienttesting.UpdateActionImpl:
			object, err := c.roundTrip(action.GetObject())
			if err != nil {
				return true, nil, err
			}
			if updated, ok := object.(*flaggerv1.Canary); ok && action.GetSubresource() == "status" {
				current, err := tracker.Get(resource, namespace, updated.Name)
				if err != nil {
					return true, nil, err
				}
				kept := current.DeepCopyObject().(*flaggerv1.Canary)
				kept.Status = updated.Status
				object = kept
			}
			return true, object, tracker.Update(resource, object, namespace)
		}
		return false, nil, nil
	}
}

func (c *cluster) roundTrip(object runtime.Object) (runtime.Object, error) {
	bytes, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	copied := object.DeepCopyObject()
	fresh, err := c.scheme.New(c.kindOf(object))
	if err != nil {
		return copied, nil // events and the like
	}
	return fresh, json.Unmarshal(bytes, fresh)
}

func (c *cluster) kindOf(object runtime.Object) schema.GroupVersionKind {
	kinds, _, err := c.scheme.ObjectKinds(object)
	if err != nil || len(kinds) == 0 {
		return schema.GroupVersionKind{}
	}
	return kinds[0]
}

func setGeneration(object runtime.Object, generation int64) {
	switch object.(type) {
	case *appsv1.Deployment, *appsv1.DaemonSet:
		if accessor, err := meta.Accessor(object); err == nil {
			accessor.SetGeneration(generation)
		}
	}
}

// put applies an object as it is, and says which of its fields Flagger's types do not know.
func (c *cluster) put(raw json.RawMessage) ([]string, error) {
	object, unknown, err := c.decode(raw)
	if err != nil {
		return nil, err
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	for i, field := range unknown {
		unknown[i] = fmt.Sprintf("%s of %s %s", field, c.kindOf(object).Kind, accessor.GetName())
	}
	resource, _ := meta.UnsafeGuessKindToResource(c.kindOf(object))
	tracker := c.trackerOf(resource)
	current, err := tracker.Get(resource, accessor.GetNamespace(), accessor.GetName())
	if err != nil {
		if deployment, ok := object.(*appsv1.Deployment); ok && deployment.Spec.Replicas == nil {
			one := int32(1)
			deployment.Spec.Replicas = &one
		}
		setGeneration(object, 1)
		return unknown, tracker.Create(resource, object, accessor.GetNamespace())
	}
	if canary, ok := object.(*flaggerv1.Canary); ok {
		canary.Status = current.(*flaggerv1.Canary).Status
	}
	setGeneration(object, 2)
	return unknown, tracker.Update(resource, object, accessor.GetNamespace())
}

func (c *cluster) trackerOf(resource schema.GroupVersionResource) clienttesting.ObjectTracker {
	if c.flaggerOwns(resource.Group) {
		return c.flagger.Tracker()
	}
	return c.kube.Tracker()
}

func (c *cluster) flaggerOwns(group string) bool {
	return group == "flagger.app" || group == "keda.sh" || group == "networking.istio.io"
}

// decode reads JSON into Flagger's or Kubernetes' own types, and fills in what an API server would.
func (c *cluster) decode(raw json.RawMessage) (runtime.Object, []string, error) {
	// Istio serves v1 and v1beta1 of the same objects; Flagger speaks v1beta1.
	raw = bytes.Replace(raw, []byte(`"networking.istio.io/v1"`), []byte(`"networking.istio.io/v1beta1"`), 1)
	strict := jsonserializer.NewSerializerWithOptions(jsonserializer.DefaultMetaFactory, c.scheme, c.scheme,
		jsonserializer.SerializerOptions{Strict: true})
	object, _, err := strict.Decode(raw, nil, nil)
	var unknown []string
	if runtime.IsStrictDecodingError(err) {
		strictErr, _ := runtime.AsStrictDecodingError(err)
		for _, one := range strictErr.Errors() {
			unknown = append(unknown, strings.TrimPrefix(one.Error(), "unknown field "))
		}
	} else if err != nil {
		return nil, nil, fmt.Errorf("cannot read %.200s: %w", raw, err)
	}
	switch object := object.(type) {
	case *corev1.Secret:
		if object.Type == "" {
			object.Type = corev1.SecretTypeOpaque
		}
		for key, value := range object.StringData {
			if object.Data == nil {
				object.Data = map[string][]byte{}
			}
			object.Data[key] = []byte(value)
		}
		object.StringData = nil
	case *flaggerv1.Canary:
		// Nobody is asked, so every check passes and every gate is open. None of them makes an object.
		if analysis := object.GetAnalysis(); analysis != nil {
			analysis.Metrics, analysis.Webhooks, analysis.Alerts = nil, nil, nil
		}
	}
	return object, unknown, nil
}

// objects are all that Flagger could have made or changed, as JSON.
func (c *cluster) objects(namespace string) ([]json.RawMessage, error) {
	var all []json.RawMessage
	for _, resource := range resources {
		kind := kindOfResource(c.scheme, resource)
		list, err := c.trackerOf(resource).List(resource, kind, namespace)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", resource.Resource, err)
		}
		items, err := meta.ExtractList(list)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			item.GetObjectKind().SetGroupVersionKind(kind)
			bytes, err := json.Marshal(item)
			if err != nil {
				return nil, err
			}
			all = append(all, bytes)
		}
	}
	return all, nil
}

func kindOfResource(scheme *runtime.Scheme, resource schema.GroupVersionResource) schema.GroupVersionKind {
	for kind := range scheme.KnownTypes(resource.GroupVersion()) {
		gvk := resource.GroupVersion().WithKind(kind)
		if guess, _ := meta.UnsafeGuessKindToResource(gvk); guess == resource {
			return gvk
		}
	}
	panic("no kind for " + resource.String())
}

func (c *cluster) canary(namespace, name string) (*flaggerv1.Canary, error) {
	object, err := c.flagger.Tracker().Get(canaries, namespace, name)
	if err != nil {
		return nil, err
	}
	return object.DeepCopyObject().(*flaggerv1.Canary), nil
}

func (c *cluster) saveCanary(canary *flaggerv1.Canary) error {
	return c.flagger.Tracker().Update(canaries, canary, canary.Namespace)
}
