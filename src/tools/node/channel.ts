import type { ChannelDialect } from '../../domain/dialect.ts';
import { CHANNEL_LINGER_SECONDS, parseChannelReport } from '../channel/report.ts';
import { connectLimitMs } from '../connect/limit.ts';

const SCRIPT = `
var fs = require('fs'), host = process.argv[1], port = Number(process.argv[2]), udp = process.argv[3] === 'udp';
var limit = Number(process.argv[4]), linger = Number(process.argv[5]), hello = Buffer.alloc(0), peer = null, timer = null;
function say(text) { fs.writeSync(2, text + '\\n'); }
function end(code) { process.stdout.write('', function () { process.exit(code); }); }
function fail(error) { say('netdiag-connect failed - ' + error.message); end(1); }
function connected() { clearTimeout(timer); say('netdiag-connected'); process.stdin.resume(); }
function send(data) {
  if (udp) { peer.send(data, 0, data.length); }
  else if (!peer.write(data)) { process.stdin.pause(); peer.once('drain', function () { process.stdin.resume(); }); }
}
function receive(data) {
  if (!process.stdout.write(data) && !udp) { peer.pause(); process.stdout.once('drain', function () { peer.resume(); }); }
}
function open() {
  say('netdiag-connect to ' + host + ' ' + port + (udp ? ' udp' : ' tcp'));
  if (udp) {
    peer = require('dgram').createSocket(host.indexOf(':') < 0 ? 'udp4' : 'udp6');
    peer.on('message', receive); peer.on('error', fail);
    peer.connect(port, host, connected);
    return;
  }
  timer = setTimeout(function () { say('netdiag-connect timeout -'); end(1); }, limit);
  peer = require('net').connect({ port: port, host: host, allowHalfOpen: true }, connected);
  peer.on('data', receive); peer.on('error', fail); peer.on('end', function () { end(0); });
}
process.stdout.on('error', function () { process.exit(0); });
process.stdin.on('data', function (data) {
  if (peer) { send(data); return; }
  hello = Buffer.concat([hello, data]);
  var at = hello.indexOf(10);
  if (at < 0) return;
  fs.writeSync(2, hello.slice(0, at + 1));
  process.stdin.pause();
  if (at + 1 < hello.length) process.stdin.unshift(hello.slice(at + 1));
  open();
});
process.stdin.on('end', function () {
  if (!peer) process.exit(1);
  if (!udp) peer.end();
  setTimeout(function () { end(0); }, linger * 1000);
});
`;

export const nodeChannel: ChannelDialect = {
  id: 'node',
  tool: 'node',
  implementation: 'node',
  tellsConnected: true,
  argv: ({ address, port, transport, segmentBytes }, limits) => {
    if (segmentBytes !== undefined) return null;
    return ['node', '-e', SCRIPT, '--', address, String(port), transport, String(connectLimitMs(limits)), String(CHANNEL_LINGER_SECONDS)];
  },
  parse: parseChannelReport,
};
