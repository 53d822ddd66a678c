/**
 * What the vantage's files and environment say, in one command. Contents are printed with `| ` before every line, so that no file
 * can look like a marker:
 *
 *     netdiag-files 1
 *     clock 1795405417.759333
 *     env https_proxy=http://***@proxy.corp.example:3128
 *     file /etc/resolv.conf
 *     | nameserver 10.96.0.10
 *     end /etc/resolv.conf
 *     absent /etc/hosts
 *     netdiag-files end
 *
 * The shell's own built-ins do all of it, except that a shell without EPOCHREALTIME (bash 5.0, busybox ash 1.31) needs date(1). Users and
 * passwords of proxy addresses never leave the vantage.
 */
export const FILES_SCRIPT = `printf 'netdiag-files 1\\n'
if [ -n "$EPOCHREALTIME" ]; then printf 'clock %s\\n' "$EPOCHREALTIME"; else printf 'clock %s\\n' "$(date +%s.%N 2>/dev/null)"; fi
for name in http_proxy https_proxy no_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY; do
  eval "value=\\\${$name-}"
  case "$value" in
    '') continue;;
    *://*@*) value="\${value%%://*}://***@\${value##*@}";;
    *@*) value="***@\${value##*@}";;
  esac
  printf 'env %s=%s\\n' "$name" "$value"
done
for file in /etc/resolv.conf /etc/hosts; do
  if [ -r "$file" ]; then
    printf 'file %s\\n' "$file"
    while IFS= read -r line || [ -n "$line" ]; do printf '| %s\\n' "$line"; done < "$file"
    printf 'end %s\\n' "$file"
  else
    printf 'absent %s\\n' "$file"
  fi
done
printf 'netdiag-files end\\n'`;

/** The same in Python, for places without a shell. */
export const FILES_PYTHON = `import os,time
p=print
p('netdiag-files 1')
p('clock %.6f'%time.time())
for n in 'http_proxy https_proxy no_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY'.split():
 v=os.environ.get(n,'').replace('\\n',' ')
 if not v: continue
 if '@' in v: v=(v.split('://')[0]+'://' if '://' in v else '')+'***@'+v.rsplit('@',1)[1]
 p('env %s=%s'%(n,v))
for f in ('/etc/resolv.conf','/etc/hosts'):
 try: t=open(f,errors='replace').read()
 except OSError:
  p('absent '+f)
  continue
 p('file '+f)
 for l in t.splitlines(): p('| '+l)
 p('end '+f)
p('netdiag-files end')`;
