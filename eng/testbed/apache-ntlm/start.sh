#!/usr/bin/env bash
# Apache httpd, mod_auth_gssapi and gss-ntlmssp: verifies NTLMv2 responses against a user file.
#
#   start.sh [USER PASSWORD DOMAIN]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
user=${1:-alice} password=${2:-'S3cret!pass'} domain=${3:-TESTDOM}

testbed apache-ntlm
mapfile -t ports < <(free_ports 2)
mkdir -p "$dir/www" "$dir/packages"
echo "ntlm ok" >"$dir/www/index.html"
printf 'carol:%s\n' "$(openssl passwd -apr1 basic)" >"$dir/basic-users"

# gss-ntlmssp is unpacked here and not installed: only this httpd sees it, and .NET on the same machine has no native NTLM.
cache=$(testbed_cache gss-ntlmssp)
(
  flock 9 # two starts at once: one downloads
  cd "$cache"
  for package in gss-ntlmssp libwbclient0; do
    compgen -G "${package}_*.deb" || apt-get download -q "$package"
  done
) 9>"$cache/lock"
for package in "$cache"/*.deb; do dpkg -x "$package" "$dir/packages"; done
mechanism=$(find "$dir/packages" -name gssntlmssp.so | head -n 1)
libraries=$(dirname "$(find "$dir/packages" -name libwbclient.so.0 | head -n 1)")
echo "gssntlmssp_v1 1.3.6.1.4.1.311.2.2.10 $mechanism" >"$dir/mech"
printf '%s:%s:%s\n' "$domain" "$user" "$password" >"$dir/users"
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' \
  -keyout "$dir/tls.key" -out "$dir/tls.crt"

cat >"$dir/echo.sh" <<'CGI'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\nuser=%s method=%s length=%s proto=%s\n' \
  "$REMOTE_USER" "$REQUEST_METHOD" "${CONTENT_LENGTH:-0}" "$SERVER_PROTOCOL"
# Without a length the body ends with the input.
if [ -n "$CONTENT_LENGTH" ]; then head -c "$CONTENT_LENGTH"; else cat; fi | wc -c
CGI
chmod 755 "$dir/echo.sh"

export GSS_MECH_CONFIG="$dir/mech" LD_LIBRARY_PATH="$libraries" NTLM_USER_FILE="$dir/users" GSSNTLMSSP_DEBUG="$dir/gssntlmssp.log"
httpd "${ports[0]}" <<CONF
LoadModule alias_module \${MODULES}/mod_alias.so
LoadModule http2_module \${MODULES}/mod_http2.so
LoadModule cgid_module \${MODULES}/mod_cgid.so
LoadModule setenvif_module \${MODULES}/mod_setenvif.so
LoadModule auth_basic_module \${MODULES}/mod_auth_basic.so
LoadModule authn_file_module \${MODULES}/mod_authn_file.so
LoadModule ssl_module \${MODULES}/mod_ssl.so
ScriptSock "$dir/cgid.sock"
Listen 127.0.0.1:${ports[1]} https
SetEnvIf Authorization . HAS_AUTHORIZATION=yes
LogFormat "%{c}p:%{remote}p %r %>s user=%u conn=%k proto=%H authorization=%{HAS_AUTHORIZATION}e" testbed
CustomLog "$dir/access.log" testbed
KeepAlive On
ScriptAlias /echo "$dir/echo.sh"
ScriptAlias /open/echo "$dir/echo.sh"
ScriptAlias /basic/echo "$dir/echo.sh"
Redirect 302 /away http://127.0.0.1:${ports[0]}/open/echo
<Location "/">
  AuthType GSSAPI
  AuthName "testbed"
  GssapiAllowedMech ntlmssp
  GssapiConnectionBound On
  GssapiPublishErrors On
  Require valid-user
</Location>
# For everybody; for who has another kind of account; and for Negotiate alone, which is what the module makes of NTLM that is not bound to the connection.
<Location "/open">
  AuthType None
  Require all granted
</Location>
<Location "/basic">
  AuthType Basic
  AuthBasicProvider file
  AuthUserFile "$dir/basic-users"
</Location>
<Location "/negotiate">
  GssapiConnectionBound Off
</Location>
<VirtualHost 127.0.0.1:${ports[1]}>
  SSLEngine on
  SSLCertificateFile "$dir/tls.crt"
  SSLCertificateKeyFile "$dir/tls.key"
  Protocols h2 http/1.1
</VirtualHost>
CONF

ready "URL=http://localhost:${ports[0]}/" "HTTPS_URL=https://localhost:${ports[1]}/" "CA=$dir/tls.crt" "USER=$user" "PASSWORD=$password" "DOMAIN=$domain"
