package main

import (
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// settle makes every workload ready, as its controller and the nodes would before the next tick; all but the stuck one,
// which has exceeded its deadline.
func (c *cluster) settle(namespace, stuck string) error {
	for _, resource := range resources[:2] {
		tracker := c.trackerOf(resource)
		list, err := tracker.List(resource, kindOfResource(c.scheme, resource), namespace)
		if err != nil {
			return err
		}
		items, err := meta.ExtractList(list)
		if err != nil {
			return err
		}
		for _, item := range items {
			object := item.DeepCopyObject()
			switch object := object.(type) {
			case *appsv1.Deployment:
				object.Status = deploymentStatus(object, object.Name == stuck)
			case *appsv1.DaemonSet:
				object.Status = daemonSetStatus(object, object.Name == stuck)
			}
			if err := tracker.Update(resource, object, namespace); err != nil {
				return err
			}
		}
	}
	return nil
}

func deploymentStatus(d *appsv1.Deployment, stuck bool) appsv1.DeploymentStatus {
	replicas := int32(1)
	if d.Spec.Replicas != nil {
		replicas = *d.Spec.Replicas
	}
	status := appsv1.DeploymentStatus{
		ObservedGeneration: d.Generation,
		Replicas:           replicas,
		UpdatedReplicas:    replicas,
		ReadyReplicas:      replicas,
		AvailableReplicas:  replicas,
	}
	if stuck {
		status.ReadyReplicas, status.AvailableReplicas = 0, 0
		status.Conditions = []appsv1.DeploymentCondition{
			{Type: appsv1.DeploymentProgressing, Status: corev1.ConditionFalse, Reason: "ProgressDeadlineExceeded"},
		}
	}
	return status
}

func daemonSetStatus(d *appsv1.DaemonSet, stuck bool) appsv1.DaemonSetStatus {
	const nodes = 3
	status := appsv1.DaemonSetStatus{
		ObservedGeneration:     d.Generation,
		DesiredNumberScheduled: nodes,
		CurrentNumberScheduled: nodes,
		UpdatedNumberScheduled: nodes,
		NumberReady:            nodes,
		NumberAvailable:        nodes,
	}
	if stuck {
		status.NumberReady, status.NumberAvailable = 0, 0
	}
	return status
}

// longAgo is before every deadline: a DaemonSet has none of its own, and Flagger counts from the last change of the phase.
func longAgo() metav1.Time {
	return metav1.NewTime(time.Now().Add(-1000 * time.Hour))
}
