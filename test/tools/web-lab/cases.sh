# One line a fixture; read by capture.sh. The fixtures `*--unresolved` and `curl--resolver-silent` need nameservers, and were captured with the same
# options on the bastion of a test cluster whose DNS knows no such name, or whose nameserver does not answer.
curl_line=$(curl --version | head -1)
wout='\nnetdiag-curl code=%{http_code} connect_code=%{http_connect} dns=%{time_namelookup} connect=%{time_connect} tls=%{time_appconnect} first=%{time_starttransfer} total=%{time_total} verify=%{ssl_verify_result} ip=%{remote_ip} port=%{remote_port} connects=%{num_connects} size=%{size_download} exit=%{exitcode}\n'
c() { # c CASE URL [OPTION...]
  local name=$1 url=$2; shift 2
  take "curl/fixtures/curl--$name" "$curl_line" -- curl -q -g -sS -v --connect-timeout 2 --max-time 3 --max-filesize 262144 -w "$wout" "$@" --url "$url"
}
r() { echo "--resolve web.test:$1:192.0.2.2"; }
c good https://web.test:8443/health $(r 8443)
c good-by-name https://web.test:8443/health
c incomplete https://web.test:8444/ $(r 8444)
c expired https://web.test:8445/ $(r 8445)
c not-yet https://web.test:8446/ $(r 8446)
c wrong-name https://web.test:8447/ $(r 8447)
c self-signed https://web.test:8448/ $(r 8448)
c private-ca https://web.test:8449/ $(r 8449)
c private-ca-chain https://web.test:8450/ $(r 8450)
c version https://web.test:8451/ $(r 8451) --tlsv1.3
c version-10 https://web.test:8453/ $(r 8453)
c no-shared-cipher https://web.test:8454/ $(r 8454)
c client-cert-12 https://web.test:8455/ $(r 8455)
c client-cert-13 https://web.test:8456/ $(r 8456)
c client-cert-optional https://web.test:8458/ $(r 8458)
c sni-required https://192.0.2.2:8457/
c plaintext https://web.test:8080/ $(r 8080)
c plaintext-ssh https://web.test:8089/ $(r 8089)
c tls-slam https://web.test:8086/ $(r 8086)
c tls-reset https://web.test:8087/ $(r 8087)
c tls-silent https://web.test:8085/ $(r 8085)
c ok http://192.0.2.2:8080/
c error-503 http://192.0.2.2:8081/
c redirect http://192.0.2.2:8082/
c too-many http://192.0.2.2:8083/
c partial http://192.0.2.2:8084/
c silent http://192.0.2.2:8085/
c slam http://192.0.2.2:8086/
c reset http://192.0.2.2:8087/
c garbage http://192.0.2.2:8088/
c ssh http://192.0.2.2:8089/
c tls-port-400 http://192.0.2.2:8090/
c http-to-tls http://192.0.2.2:8443/
c stalled-body http://192.0.2.2:8091/
c slow-headers http://192.0.2.2:8092/
c refused http://192.0.2.2:81/
c refused-tls https://web.test:444/
c both-refused http://both.test:81/
c filtered http://192.0.2.2:9999/
c no-route http://198.51.100.1/
c unreachable http://198.18.0.1/
c prohibited http://198.18.1.1/
c host-gone http://192.0.2.77/ --connect-timeout 5 --max-time 6
c v6-refused 'http://[2001:db8::2]:81/'
c proxy-tunnel https://web.test:8443/ -x http://192.0.2.2:3128
c proxy-plain http://web.test:8080/ -x http://192.0.2.2:3128
c proxy-403 https://web.test:8443/ -x http://192.0.2.2:3129
c proxy-407 https://web.test:8443/ -x http://192.0.2.2:3130
c proxy-407-plain http://web.test:8080/ -x http://192.0.2.2:3130
c proxy-502 https://web.test:8443/ -x http://192.0.2.2:3131
c proxy-silent https://web.test:8443/ -x http://192.0.2.2:3132
c proxy-dead https://web.test:8443/ -x http://192.0.2.2:3999
c proxy-unresolved https://web.test:8443/ -x http://proxy.invalid:3128
take curl/fixtures/curl--proxy-from-environment "$curl_line" -- env https_proxy=http://192.0.2.2:3129 curl -q -g -sS -v --max-time 3 --connect-timeout 2 -w "$wout" --url https://web.test:8443/
c bad-option http://192.0.2.2/ --no-such-option
c bad-ca-file https://web.test:8443/ --cacert /nonexistent
take curl/fixtures/curl--plain-self-signed "$curl_line" -- curl https://web.test:8448/
take curl/fixtures/curl--plain-verbose "$curl_line" -- curl -v http://web.test:8081/
take curl/fixtures/curl--plain-refused "$curl_line" -- curl http://web.test:81/
take curl/fixtures/curl--plain-head "$curl_line" -- curl -sI http://web.test:8082/
take curl/fixtures/curl--insecure "$curl_line" -- curl -k -v https://web.test:8448/

wget_line=$(wget --version | head -1)
w() { local name=$1 url=$2; shift 2; take "wget/fixtures/wget-gnu--$name" "$wget_line" -- wget --no-config -S -O - --tries=1 --max-redirect=0 --content-on-error --no-hsts --connect-timeout=2 --read-timeout=3 --dns-timeout=2 "$@" -- "$url"; }
ca="--ca-certificate=web-lab/pki/root.crt"
w good https://web.test:8443/ $ca
w incomplete https://web.test:8444/ $ca
w expired https://web.test:8445/ $ca
w not-yet https://web.test:8446/ $ca
w wrong-name https://web.test:8447/ $ca
w self-signed https://web.test:8448/ $ca
w private-ca https://web.test:8449/ $ca
w private-ca-chain https://web.test:8450/ $ca
w version-10 https://web.test:8453/ $ca
w no-shared-cipher https://web.test:8454/ $ca
w client-cert-12 https://web.test:8455/ $ca
w client-cert-13 https://web.test:8456/ $ca
w sni-required https://192.0.2.2:8457/ $ca
w plaintext https://web.test:8080/
w tls-slam https://web.test:8086/
w tls-reset https://web.test:8087/
w tls-silent https://web.test:8085/
w ok http://192.0.2.2:8080/
w error-503 http://192.0.2.2:8081/
w redirect http://192.0.2.2:8082/
w too-many http://192.0.2.2:8083/
w partial http://192.0.2.2:8084/
w silent http://192.0.2.2:8085/
w slam http://192.0.2.2:8086/
w reset http://192.0.2.2:8087/
w garbage http://192.0.2.2:8088/
w ssh http://192.0.2.2:8089/
w http-to-tls http://192.0.2.2:8443/
w stalled-body http://192.0.2.2:8091/
w refused http://web.test:81/
w both-refused http://both.test:81/
w filtered http://192.0.2.2:9999/
w no-route http://198.51.100.1/
w unreachable http://198.18.0.1/
w prohibited http://198.18.1.1/
w bad-option http://192.0.2.2/ --no-such-option
for kind in proxy proxy-403 proxy-407 proxy-dead; do
  case $kind in proxy) p=3128;; proxy-403) p=3129;; proxy-407) p=3130;; *) p=3999;; esac
  take "wget/fixtures/wget-gnu--$kind" "$wget_line" -- env https_proxy=http://192.0.2.2:$p wget --no-config -S -O - --tries=1 --max-redirect=0 --content-on-error --no-hsts --connect-timeout=2 --read-timeout=3 --dns-timeout=2 $ca -- https://web.test:8443/
done
take wget/fixtures/wget-gnu--plain "$wget_line" -- wget -O /dev/null http://web.test:8080/
take wget/fixtures/wget-gnu--plain-404 "$wget_line" -- wget -O /dev/null --tries=1 http://web.test:8081/

busybox_line=$(busybox | head -1)
b() { local name=$1 url=$2; shift 2; take "wget/fixtures/wget-busybox--$name" "$busybox_line" --limit-ms 4000 -- "$@" busybox wget -S -O - "$url"; }
b ok http://192.0.2.2:8080/
b error-503 http://192.0.2.2:8081/
b redirect http://192.0.2.2:8082/
b partial http://192.0.2.2:8084/
b silent http://192.0.2.2:8085/
b slam http://192.0.2.2:8086/
b reset http://192.0.2.2:8087/
b garbage http://192.0.2.2:8088/
b ssh http://192.0.2.2:8089/
b http-to-tls http://192.0.2.2:8443/
b stalled-body http://192.0.2.2:8091/
b refused http://web.test:81/
b filtered http://192.0.2.2:9999/
b no-route http://198.51.100.1/
b proxy http://web.test:8080/ env http_proxy=http://192.0.2.2:3128
b proxy-dead http://web.test:8080/ env http_proxy=http://192.0.2.2:3999

openssl_line=$(openssl version)
s() { local name=$1 port=$2; shift 2; take "openssl/fixtures/s-client--$name" "$openssl_line" --limit-ms 4000 -- openssl s_client -connect "${address:-192.0.2.2}:$port" -showcerts "$@"; }
n='-servername web.test -verify_hostname web.test'
s good 8443 $n
s incomplete 8444 $n
s expired 8445 $n
s not-yet 8446 $n
s wrong-name 8447 $n
s self-signed 8448 $n
s private-ca 8449 $n
s private-ca-chain 8450 $n
s tls12 8451 $n
s version 8451 $n -tls1_3
s version-10 8453 $n
s no-shared-cipher 8454 $n
s client-cert-12 8455 $n
s client-cert-13 8456 $n
s client-cert-optional 8458 $n
s sni-required 8457 -noservername
s sni-given 8457 $n
s alpn 8443 $n -alpn http/1.1
s plaintext 8080 $n
s plaintext-ssh 8089 $n
s slam 8086 $n
s reset 8087 $n
s silent 8085 $n
s refused 444 $n
s filtered 9999 $n
address=198.51.100.1 s no-route 443 $n
address=198.18.0.1 s unreachable 443 $n
address=198.18.1.1 s prohibited 443 $n
take openssl/fixtures/s-client--bad-option "$openssl_line" -- openssl s_client -no_such_option
