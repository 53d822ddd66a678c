/**
 * One-liners that call getaddrinfo(3) as applications do, print every address, and on failure the EAI_ code by name. None of them
 * sends anything but the resolver's own queries. AI_ADDRCONFIG is not set, so addresses of a family without a route are shown.
 */
import type { Dialect } from '../../domain/dialect.ts';
import { isAskable } from '../dns-message/resolve-fact.ts';
import { parseGetaddrinfo } from './parse.ts';

/** The name goes as bytes: Python's own idna codec would refuse labels that the libc accepts. */
const PYTHON = `import os,socket,sys,time
n=sys.argv[1];t=time.time()
print('netdiag asked '+n)
try:
 for r in socket.getaddrinfo(os.fsencode(n),None,0,socket.SOCK_STREAM,0,socket.AI_CANONNAME):
  print('netdiag address '+r[4][0])
  if r[3]: print('netdiag canonical '+r[3])
except socket.gaierror as e:
 c=[k for k in dir(socket) if k[:4]=='EAI_' and getattr(socket,k)==e.errno]
 print('netdiag error %s %s'%(c[0] if c else e.errno,e.strerror))
print('netdiag end %d'%((time.time()-t)*1000))`;

/** Debian's perl-base, which every Debian image has, brings Socket but not Time::HiRes: then /proc/uptime tells the time. */
const PERL = `use Socket ();
my $now=eval{require Time::HiRes;1}?sub{Time::HiRes::time()}:sub{open(my $f,'<','/proc/uptime')?(split ' ',<$f>)[0]:time};
my $n=shift;my $t=$now->();
print "netdiag asked $n\\n";
my($e,@r)=Socket::getaddrinfo($n,"",{socktype=>Socket::SOCK_STREAM(),flags=>Socket::AI_CANONNAME()});
for my $r(@r){my($x,$h)=Socket::getnameinfo($r->{addr},Socket::NI_NUMERICHOST(),Socket::NIx_NOSERV());
print "netdiag address $h\\n";print "netdiag canonical $r->{canonname}\\n" if $r->{canonname};}
if($e){my $c=$e+0;for my $k(qw(NONAME NODATA ADDRFAMILY AGAIN FAIL FAMILY MEMORY SERVICE SOCKTYPE SYSTEM)){
my $f=Socket->can("EAI_$k");my $v=$f?eval{$f->()}:undef;if(defined $v&&$v==$e){$c="EAI_$k";last}}
print "netdiag error $c $e\\n";}
printf "netdiag end %d\\n",($now->()-$t)*1000;`;

const NODE = `const n=process.argv[1],t=Date.now(),p=console.log;
p('netdiag asked '+n);
require('dns').lookup(n,{all:true,verbatim:true},(e,r)=>{
if(e)p('netdiag error '+e.code+' '+e.message);else for(const a of r)p('netdiag address '+a.address);
p('netdiag end '+(Date.now()-t))})`;

export const python3Getaddrinfo: Dialect<'resolve'> = {
  id: 'python3',
  tool: 'python3',
  implementation: 'python3',
  argv: ({ name }) => (isAskable(name) ? ['python3', '-S', '-E', '-c', PYTHON, name] : null),
  parse: parseGetaddrinfo,
};

export const perlGetaddrinfo: Dialect<'resolve'> = {
  id: 'perl',
  tool: 'perl',
  implementation: 'perl',
  argv: ({ name }) => (isAskable(name) ? ['perl', '-e', PERL, name] : null),
  parse: parseGetaddrinfo,
};

/** dns.lookup is getaddrinfo(3) too (libuv). */
export const nodeLookup: Dialect<'resolve'> = {
  id: 'node',
  tool: 'node',
  implementation: 'node',
  argv: ({ name }) => (isAskable(name) ? ['node', '-e', NODE, name] : null),
  parse: parseGetaddrinfo,
};
