/**
 * What python3-script.ts does, with Debian's perl-base alone, which every Debian image has: the same arguments, the same report. Perl has no
 * recvmsg(2) of its own, so that it is called by its number, which is known here for 64-bit x86 and ARM (asm/unistd_64.h, asm-generic/unistd.h).
 */
export const PERL_TRACE_SCRIPT = `
use strict; use Config; use IO::Handle; use Socket qw(getaddrinfo inet_ntop AF_INET AF_INET6 SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_ERROR AI_NUMERICHOST);
my ($address, $port, $hops, $wait, $size, $pace) = @ARGV;
my ($machine) = $Config{archname} =~ /^([a-z0-9_]+)/i;
my $recvmsg = { x86_64 => 47, aarch64 => 212 }->{$machine // ''} or die "no recvmsg on $Config{archname}\\n";
my $hires = eval { require Time::HiRes; 1 };
sub now { return Time::HiRes::time() if $hires; open(my $file, '<', '/proc/uptime') or return time; (split ' ', <$file>)[0] }
my $v6 = $address =~ /:/;
my $tcp = $port ne '';
my ($level, $ttl_option, $recverr) = $v6 ? (41, 16, 25) : (0, 2, 11);
my (%probes, $newest, $ended);
STDOUT->autoflush(1);
sub say_line { print join(' ', @_), "\\n" }

sub sender {
  my $data = shift;
  my $family = length $data >= 24 ? unpack('x16 S', $data) : 0;
  return inet_ntop(AF_INET6, substr($data, 24, 16)) if $family == AF_INET6 && length $data >= 40;
  return $family == AF_INET ? inet_ntop(AF_INET, substr($data, 20, 4)) : '-';
}

sub launch {
  my $ttl = shift;
  my ($error, $found) = getaddrinfo($address, $tcp ? $port : 33433 + $ttl, { flags => AI_NUMERICHOST, socktype => $tcp ? SOCK_STREAM : SOCK_DGRAM });
  die "$error\\n" if $error;
  socket(my $s, $found->{family}, $tcp ? SOCK_STREAM : SOCK_DGRAM, 0) or die "$!\\n";
  $s->blocking(0);
  setsockopt($s, $level, $recverr, pack('i', 1));
  setsockopt($s, $level, $ttl_option, pack('i', $ttl));
  my $start = now();
  my $room = $size - ($v6 ? 48 : 28) - 7;
  my $sent = connect($s, $found->{addr}) || $!{EINPROGRESS};
  $sent = defined send($s, 'netdiag' . ' ' x ($room > 0 ? $room : 0), 0) if $sent && !$tcp;
  unless ($sent) { say_line('local', $ttl, $!); return 1; }
  $newest = fileno $s;
  $probes{$newest} = [$s, $ttl, $start];
  return 0;
}

sub queued {
  my ($s, $ttl, $ms) = @_;
  my ($data, $control) = map { "\\0" x ($_ * 2) } 256, 256;
  vec($_, 0, 8) = 0 for $data, $control;
  my $part = pack('P Q', $data, length $data);
  my $header = pack('Q L x4 P Q P Q l x4', 0, 0, $part, 1, $control, length $control, 0);
  return undef if syscall($recvmsg, fileno $s, $header, 0x2000) < 0;
  my $filled = unpack('x40 Q', $header);
  for (my $at = 0; $at + 16 <= $filled;) {
    my ($length, $its_level, $kind) = unpack('Q l l', substr($control, $at, 16));
    last if $length < 16;
    my $told = substr($control, $at + 16, $length - 16);
    $at += ($length + 7) & ~7;
    next if $its_level != $level || $kind != $recverr;
    my ($errno, $origin, $type, $code) = unpack('L C C C', $told);
    if ($origin != 2 && $origin != 3) { $! = $errno; say_line('local', $ttl, "$!"); }
    else { say_line('hop', $ttl, sender($told), $origin == 3 ? 'icmp6' : 'icmp4', $type, $code, $ms); }
    return $type != ($origin == 3 ? 3 : 11) ? 1 : 0;
  }
  return undef;
}

sub answered {
  my ($s, $ttl, $ms) = @_;
  my $there = $tcp ? getpeername($s) : defined recv($s, my $words, 512, 0);
  if ($there) { say_line('end', $ttl, $address, $tcp ? 'open' : 'data', $ms); return 1; }
  $! = unpack('i', getsockopt($s, SOL_SOCKET, SO_ERROR)) || $!;
  if ($!{ECONNREFUSED}) { say_line('end', $ttl, $address, 'refused', $ms); } else { say_line('local', $ttl, "$!"); }
  return 1;
}

say_line('netdiag-trace', $tcp ? 'tcp' : 'udp', $address);
my ($ttl, $due) = (1, now());
my $deadline = $due + $wait + $hops * $pace;
while (now() < $deadline && (%probes || ($ttl <= $hops && !$ended))) {
  my $sending = $ttl <= $hops && !$ended;
  if ($sending && (now() >= $due || !$probes{$newest})) { $ended = launch($ttl++); $due = now() + $pace; }
  my ($read, $write) = ('', '');
  for (keys %probes) { vec($read, $_, 1) = 1; vec($write, $_, 1) = 1 if $tcp; }
  my $rest = $sending ? $due - now() : 0.1;
  select(my $readable = $read, my $writable = $write, undef, $rest > 0.1 ? 0.1 : $rest < 0.001 ? 0.001 : $rest);
  for my $fd (grep { vec($readable, $_, 1) || vec($writable, $_, 1) } keys %probes) {
    my ($s, $its_ttl, $start) = @{delete $probes{$fd}};
    my $ms = sprintf('%.3f', (now() - $start) * 1000);
    my $final = queued($s, $its_ttl, $ms) // answered($s, $its_ttl, $ms);
    my $soon = now() + 0.5;
    $deadline = $soon if $final && !$ended && $soon < $deadline;
    $ended ||= $final;
  }
}
say_line('silent', $_->[1]) for sort { $a->[1] <=> $b->[1] } values %probes;
say_line('done');
`;
