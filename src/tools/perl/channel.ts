import type { ChannelDialect } from '../../domain/dialect.ts';
import { CHANNEL_LINGER_SECONDS, parseChannelReport } from '../channel/report.ts';
import { connectLimitSeconds } from '../connect/limit.ts';

/** Modules of Debian's perl-base alone; `time` counts whole seconds, which is enough for the linger. */
const SCRIPT = `
use strict; use IO::Handle; use Socket qw(getaddrinfo SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_ERROR);
my ($host, $port, $transport, $limit, $linger, $segment) = @ARGV;
$SIG{PIPE} = 'IGNORE';
sub say_line { syswrite(STDERR, "$_[0]\\n"); }
sub fail { say_line("netdiag-connect failed - $_[0]"); exit 1; }
sub write_all { my ($to, $data) = @_; while (length $data) { my $n = syswrite($to, $data); return 0 unless defined $n; substr($data, 0, $n) = ''; } 1; }
my $hello = '';
until ($hello =~ /\\n$/) { my $byte; exit 1 unless sysread(STDIN, $byte, 1); $hello .= $byte; }
syswrite(STDERR, $hello);
say_line("netdiag-connect to $host $port $transport");
my $type = $transport eq 'udp' ? SOCK_DGRAM : SOCK_STREAM;
my ($error, $found) = getaddrinfo($host, $port, { socktype => $type });
fail("$error") if $error;
socket(my $peer, $found->{family}, $type, 0) or fail("$!");
# 6 and 2: IPPROTO_TCP and Linux's TCP_MAXSEG, which Socket.pm does not always export.
if ($segment) { setsockopt($peer, 6, 2, pack('i', $segment)) or fail("$!"); }
$peer->blocking(0);
unless (connect($peer, $found->{addr})) {
  fail("$!") unless $!{EINPROGRESS};
  my $write = ''; vec($write, fileno($peer), 1) = 1;
  unless (select(undef, $write, undef, $limit)) { say_line('netdiag-connect timeout -'); exit 1; }
  $! = unpack('i', getsockopt($peer, SOL_SOCKET, SO_ERROR));
  fail("$!") if $!;
}
$peer->blocking(1);
say_line('netdiag-connected');
my ($open, $deadline) = (1, 0);
while ($open || time < $deadline) {
  my $read = ''; vec($read, fileno($peer), 1) = 1; vec($read, 0, 1) = 1 if $open;
  next unless select($read, undef, undef, $open ? undef : 1) > 0;
  if (vec($read, fileno($peer), 1)) {
    my $n = sysread($peer, my $data, 65536);
    fail("$!") unless defined $n;
    last if $n == 0 && $transport eq 'tcp';
    write_all(\\*STDOUT, $data) or last;
  }
  if ($open && vec($read, 0, 1)) {
    my $n = sysread(STDIN, my $data, 65536);
    if ($n) { write_all($peer, $data) or fail("$!"); next; }
    ($open, $deadline) = (0, time + $linger);
    shutdown($peer, 1) if $transport eq 'tcp';
  }
}
`;

export const perlChannel: ChannelDialect = {
  id: 'perl',
  tool: 'perl',
  implementation: 'perl',
  tellsConnected: true,
  argv: ({ address, port, transport, segmentBytes = 0 }, limits) => [
    ...['perl', '-e', SCRIPT, address, String(port), transport, connectLimitSeconds(limits), String(CHANNEL_LINGER_SECONDS), String(segmentBytes)],
  ],
  parse: parseChannelReport,
};
