import type { Dialect } from '../../domain/dialect.ts';
import { connectLimitSeconds } from '../connect/limit.ts';
import { parseScriptReport } from '../connect/script-report.ts';

/** Modules of Debian's perl-base alone. Time::HiRes may be missing: then the arrival of the lines is the clock. */
const SCRIPT = `
use strict; use IO::Handle; use Socket qw(getaddrinfo SOCK_STREAM SOL_SOCKET SO_ERROR);
my ($host, $port, $limit) = @ARGV;
STDOUT->autoflush(1);
my $hires = eval { require Time::HiRes; 1 };
print "netdiag-connect to $host $port\\n";
my $start = $hires ? Time::HiRes::time() : 0;
sub end {
  my ($word, @message) = @_;
  my $elapsed = $hires ? int((Time::HiRes::time() - $start) * 1e6) : -1;
  print join(' ', 'netdiag-connect', $word, $elapsed < 0 ? '-' : $elapsed, @message), "\\n";
  exit($word eq 'connected' ? 0 : 1);
}
my ($error, $found) = getaddrinfo($host, $port, { socktype => SOCK_STREAM });
end('failed', "$error") if $error;
socket(my $socket, $found->{family}, SOCK_STREAM, 0) or end('failed', "$!");
$socket->blocking(0);
end('connected') if connect($socket, $found->{addr});
end('failed', "$!") unless $!{EINPROGRESS};
my $write = ''; vec($write, fileno($socket), 1) = 1;
end('timeout') unless select(undef, $write, undef, $limit);
$! = unpack('i', getsockopt($socket, SOL_SOCKET, SO_ERROR));
end($! ? ('failed', "$!") : 'connected');
`;

/** `perl -e`: the errno's text of the C locale, and a clock of its own where Time::HiRes is there. Tries the name's first address. */
export const perlConnect: Dialect<'connect'> = {
  id: 'perl',
  tool: 'perl',
  implementation: 'perl',
  argv: (question, limits) => ['perl', '-e', SCRIPT, question.address, String(question.port), connectLimitSeconds(limits)],
  parse: parseScriptReport,
};
