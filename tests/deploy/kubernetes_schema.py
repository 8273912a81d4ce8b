"""As much of the Kubernetes kinds as our manifests use."""

from __future__ import annotations

from .compose_schema import IMAGE
from .schema import NAMES, NO, NUMBER, SIZE, TEXT, YES, Schema, many, matching, one, thing

SECRET_REF = thing({"secretKeyRef": thing({"name": TEXT, "key": TEXT})})
VARIABLE: Schema = {
    "oneOf": [
        thing({"name": TEXT, "value": TEXT}),
        thing({"name": TEXT, "valueFrom": SECRET_REF}),
    ]
}
CPU = matching(r"^\d+m$")
MOUNT = thing({"name": TEXT, "mountPath": matching("^/")}, {"readOnly": YES})
PORT_NAME = one("http", "metrics")
PROBE = thing(
    {
        "httpGet": thing({"path": one("/healthz", "/readyz"), "port": PORT_NAME}),
        "periodSeconds": NUMBER,
        "failureThreshold": NUMBER,
    },
    {"timeoutSeconds": NUMBER},
)
CONFINED = thing(
    {
        "allowPrivilegeEscalation": NO,
        "readOnlyRootFilesystem": YES,
        "capabilities": thing({"drop": {"const": ["ALL"]}}),
    }
)
CONTAINER = thing(
    {
        "name": TEXT,
        "image": IMAGE,
        "securityContext": CONFINED,
        "resources": thing(
            {"requests": thing({"cpu": CPU, "memory": SIZE}), "limits": thing({"memory": SIZE})}
        ),
        "volumeMounts": many(MOUNT),
    },
    {
        "args": many(TEXT),
        "command": many(TEXT),
        "env": many(VARIABLE),
        "livenessProbe": PROBE,
        "ports": many(thing({"name": PORT_NAME, "containerPort": NUMBER})),
        "readinessProbe": PROBE,
        "startupProbe": PROBE,
    },
)
VOLUME: Schema = {
    "oneOf": [
        thing({"name": TEXT, "emptyDir": thing({"sizeLimit": SIZE}, {"medium": one("Memory")})}),
        thing(
            {"name": TEXT, "secret": thing({"secretName": TEXT, "defaultMode": {"const": 0o440}})}
        ),
    ]
}
USER: Schema = {"type": "integer", "minimum": 1000}
LABELLED = thing({"matchLabels": NAMES})
POD = thing(
    {
        "serviceAccountName": TEXT,
        "automountServiceAccountToken": NO,
        "enableServiceLinks": NO,
        "securityContext": thing(
            {
                "runAsNonRoot": YES,
                "runAsUser": USER,
                "runAsGroup": USER,
                "fsGroup": USER,
                "seccompProfile": thing({"type": one("RuntimeDefault")}),
            }
        ),
        "containers": many(CONTAINER),
        "volumes": many(VOLUME),
    },
    {
        "initContainers": many(CONTAINER),
        "restartPolicy": one("Never"),
        "terminationGracePeriodSeconds": NUMBER,
        "topologySpreadConstraints": many(
            thing(
                {
                    "maxSkew": NUMBER,
                    "topologyKey": TEXT,
                    "whenUnsatisfiable": one("ScheduleAnyway"),
                    "labelSelector": LABELLED,
                }
            )
        ),
    },
)
POD_TEMPLATE = thing({"metadata": thing({"labels": NAMES}), "spec": POD})
PEER: Schema = {
    "oneOf": [
        thing({"namespaceSelector": LABELLED}),
        thing({"ipBlock": thing({"cidr": TEXT, "except": many(TEXT)})}),
    ]
}
HOLE_PORTS = many(thing({"protocol": one("TCP", "UDP"), "port": NUMBER}))
POLICY = thing(
    {
        "podSelector": {"anyOf": [thing({}), LABELLED]},
        "policyTypes": many(one("Ingress", "Egress")),
    },
    {
        "ingress": many(thing({"from": many(PEER), "ports": HOLE_PORTS})),
        "egress": many(thing({"to": many(PEER), "ports": HOLE_PORTS})),
    },
)
BACKEND = thing({"service": thing({"name": TEXT, "port": thing({"name": PORT_NAME})})})
PATH = thing({"path": {"const": "/"}, "pathType": one("Prefix"), "backend": BACKEND})

SPECS: dict[str, Schema] = {
    "apps/v1 Deployment": thing(
        {
            "replicas": {"type": "integer", "minimum": 2},
            "revisionHistoryLimit": NUMBER,
            "selector": LABELLED,
            "strategy": thing(
                {
                    "type": one("RollingUpdate"),
                    "rollingUpdate": thing({"maxSurge": NUMBER, "maxUnavailable": {"const": 0}}),
                }
            ),
            "template": POD_TEMPLATE,
        }
    ),
    "batch/v1 Job": thing({"backoffLimit": NUMBER, "template": POD_TEMPLATE}),
    "policy/v1 PodDisruptionBudget": thing({"maxUnavailable": NUMBER, "selector": LABELLED}),
    "v1 Service": thing(
        {
            "selector": NAMES,
            "ports": many(thing({"name": PORT_NAME, "port": NUMBER, "targetPort": PORT_NAME})),
        }
    ),
    "networking.k8s.io/v1 NetworkPolicy": POLICY,
    "networking.k8s.io/v1 Ingress": thing(
        {
            "ingressClassName": TEXT,
            "tls": many(thing({"hosts": many(TEXT), "secretName": TEXT})),
            "rules": many(thing({"host": TEXT, "http": thing({"paths": many(PATH)})})),
        }
    ),
}


def schema_of(kind: str) -> Schema:
    """Return what an object of a kind, such as ``batch/v1 Job``, looks like."""
    head = {"apiVersion": TEXT, "kind": TEXT}
    place = {"name": TEXT}
    if kind == "v1 Namespace":
        return thing({**head, "metadata": thing({"name": TEXT, "labels": NAMES})})
    metadata = thing({**place, "namespace": {"const": "silkroad"}}, {"labels": NAMES})
    if kind == "v1 ServiceAccount":
        return thing({**head, "metadata": metadata, "automountServiceAccountToken": NO})
    return thing({**head, "metadata": metadata, "spec": SPECS[kind]})
