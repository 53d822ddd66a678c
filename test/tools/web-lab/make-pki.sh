#!/usr/bin/env bash
# make-pki.sh: the authorities and certificates of the tests, made once and kept in pki/ (openssl 3). They guard nothing.
set -euo pipefail
cd "$(dirname "$0")/pki"

key() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "$1.key" -out "$1.csr" 2>/dev/null; }
root() { # root NAME SUBJECT
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj "$2" \
    -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$1.key" -out "$1.crt" 2>/dev/null
}
signed() { # signed NAME SUBJECT AUTHORITY EXTENSIONS NOT-BEFORE NOT-AFTER
  key "$1" "$2"
  printf '[e]\n%b\n' "$4" >e.cnf
  rm -rf ca && mkdir ca && : >ca/index.txt && echo "$RANDOM$RANDOM" | head -c 8 >ca/serial
  printf '[ca]\ndefault_ca=d\n[d]\ndatabase=ca/index.txt\nserial=ca/serial\nnew_certs_dir=ca\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\norganizationName=optional\n' >ca.cnf
  openssl ca -batch -notext -config ca.cnf -extfile e.cnf -extensions e -cert "$3.crt" -keyfile "$3.key" -in "$1.csr" -out "$1.crt" \
    -startdate "$5" -enddate "$6" 2>/dev/null
  rm -rf ca e.cnf ca.cnf "$1.csr"
}
from=20240101000000Z until=21240101000000Z
authority='basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign'
names='extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=DNS:web.test,DNS:*.web.test,IP:192.0.2.2,IP:127.0.0.1'
root root '/O=Lab Trust/CN=Lab Root'
root company '/CN=Company Inspection CA'
signed intermediate '/O=Lab Trust/CN=Lab Intermediate 1' root "$authority" $from $until
signed good '/CN=web.test' intermediate "$names" $from $until
signed expired '/CN=web.test' intermediate "$names" $from 20240201000000Z
signed not-yet '/CN=web.test' intermediate "$names" 21200101000000Z $until
signed wrong-name '/CN=other.test' intermediate 'extendedKeyUsage=serverAuth\nsubjectAltName=DNS:other.test' $from $until
signed company-leaf '/CN=web.test' company "$names" $from $until
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj '/CN=web.test' -addext subjectAltName=DNS:web.test \
  -addext basicConstraints=critical,CA:false -keyout self-signed.key -out self-signed.crt 2>/dev/null
cat good.crt intermediate.crt >good-chain.crt
rm -f company.key root.key intermediate.key
ls
