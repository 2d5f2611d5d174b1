#!/usr/bin/env bash
# Runs WildFly with the shop, until this script is stopped. mvn -Prun verify calls it, with all SHOP_ variables.
set -eu

mkdir -p "$SHOP_BASE/configuration" "$SHOP_BASE/deployments"
rm -f "$SHOP_BASE"/deployments/shop.war*
cp -R "$SHOP_HOME/standalone/configuration" "$SHOP_BASE/"
cp ../wildfly/fleet.yml "$SHOP_BASE/configuration/"
cp "$SHOP_WAR" "$SHOP_BASE/deployments/"

# makes the server's script forward signals to the server and write its process id to a file
export LAUNCH_JBOSS_IN_BACKGROUND=true JBOSS_PIDFILE="$SHOP_PID_FILE"
# shellcheck disable=SC2086 # several arguments, or none
exec "$SHOP_HOME/bin/standalone.sh" "-Djboss.server.base.dir=$SHOP_BASE" -b=127.0.0.1 -bmanagement=127.0.0.1 \
  "-Djboss.http.port=$SHOP_PORT" -Djboss.https.port=0 "-Djboss.management.http.port=$SHOP_MANAGEMENT_PORT" $SHOP_ARGUMENTS
