#!/usr/bin/env bash
# Runs a new domain of GlassFish or Payara with the shop, until this script is stopped. mvn -Prun -Dserver=payara verify
# and the like call it, with all SHOP_ variables.
set -eu
export AS_JAVA="$JAVA_HOME"

asadmin() {
  bash "$SHOP_HOME/bin/asadmin" --user=admin --interactive=false "$@"
}

rm -rf "$SHOP_BASE"
mkdir -p "$SHOP_BASE"
asadmin create-domain --nopassword "--domaindir=$SHOP_BASE" "--instanceport=$SHOP_PORT" \
  "--adminport=$SHOP_MANAGEMENT_PORT" shop

# binds the listeners to the loopback interface, and keeps the server from starting a JMS broker and from looking for
# others
options='<jvm-options>-Djava.rmi.server.hostname=127.0.0.1<\/jvm-options><jvm-options>-Dh2.bindAddress=127.0.0.1<\/jvm-options>'
no_broker='<jms-service type="REMOTE" default-jms-host="default_JMS_host"><jms-host name="default_JMS_host" host="127.0.0.1" port="7676"\/><\/jms-service>'
configuration=$SHOP_BASE/shop/config/domain.xml
sed -e 's/0\.0\.0\.0/127.0.0.1/g' \
  -e '/<network-listener [^>]*address=/!s/<network-listener /<network-listener address="127.0.0.1" /' \
  -e 's/<hazelcast-config-specific-configuration>/<hazelcast-config-specific-configuration enabled="false">/' \
  -e "s/<config name=\"server-config\">/&$no_broker/" \
  -e "s/<java-config [^>]*>/&$options/" \
  "$configuration" >"$configuration.local"
mv "$configuration.local" "$configuration"

trap 'asadmin stop-domain "--domaindir=$SHOP_BASE" shop' EXIT
trap 'exit 143' INT TERM
asadmin start-domain "--domaindir=$SHOP_BASE" shop
asadmin "--port=$SHOP_MANAGEMENT_PORT" deploy --name shop --contextroot shop "$SHOP_WAR"

cp "$SHOP_BASE/shop/config/pid" "$SHOP_PID_FILE"
while kill -0 "$(cat "$SHOP_PID_FILE")" 2>/dev/null; do
  # a trap runs when wait ends, not before a command has
  sleep 1 &
  wait $!
done
