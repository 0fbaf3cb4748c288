# Runs in the task that refreshes the secret (refresher.json has it in its command): logs in with
# the task's role, and puts the password where ECS looks for it when it pulls an image.
set -eu
token=$(aws eks get-token --cluster-name "${BERTH_LOGIN_NAME:-$BERTH_REGISTRY}" --query status.token --output text)
password=$(printf '%s' "$token" | curl -fsS -m 20 -H 'Content-Type: text/plain' -H 'Accept: text/plain' --data-binary @- "https://$BERTH_REGISTRY/aws-login")
printf '{"username":"AWS","password":"%s"}' "$password" > /tmp/secret.json
aws secretsmanager put-secret-value --secret-id "$PULL_SECRET" --secret-string file:///tmp/secret.json > /dev/null
echo "the pull secret is good for 12 hours"
