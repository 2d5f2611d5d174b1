#!/usr/bin/env bash
# Runs Open Liberty with the shop, until this script is stopped. mvn -Prun -Dserver=liberty verify calls it, with all
# SHOP_ variables.
set -eu

rm -rf "$SHOP_BASE"
mkdir -p "$SHOP_BASE/servers/shop/dropins"
cp liberty.xml "$SHOP_BASE/servers/shop/server.xml"
cp "$SHOP_WAR" "$SHOP_BASE/servers/shop/dropins/"

# the server's script replaces itself by the server
echo $$ >"$SHOP_PID_FILE"
export WLP_USER_DIR="$SHOP_BASE"
exec bash "$SHOP_HOME/bin/server" run shop
