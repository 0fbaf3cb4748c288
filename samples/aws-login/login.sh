#!/usr/bin/env bash
# Logs docker in to a registry as the AWS principal that this runs as. Nothing is stored but what
# docker keeps: a password that is good for 12 hours.
#
#   BERTH_REGISTRY=registry.example.com ./login.sh
#
# BERTH_LOGIN_NAME is what the registry is to be called in the token, if not its host name;
# BERTH_SCHEME is https unless it is set.
set -euo pipefail

registry=${BERTH_REGISTRY:?the registry, such as registry.example.com}
name=${BERTH_LOGIN_NAME:-${registry%%:*}}

# a request that asks AWS STS who signed it, signed for this registry alone and for one minute
token=$(aws eks get-token --cluster-name "$name" --query status.token --output text)

# on stdin, so that it is in no list of processes
password=$(
  printf '%s' "$token" |
    curl --silent --show-error --fail-with-body --max-time 20 \
      --header 'Content-Type: text/plain' --header 'Accept: text/plain' \
      --data-binary @- "${BERTH_SCHEME:-https}://$registry/aws-login"
) || {
  echo "login refused: $password" >&2
  exit 1
}

printf '%s' "$password" | docker login --username AWS --password-stdin "$registry"
