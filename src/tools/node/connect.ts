import type { Dialect } from '../../domain/dialect.ts';
import { connectLimitMs } from '../connect/limit.ts';
import { parseScriptReport } from '../connect/script-report.ts';

/** ES5 words only: containers hold old Nodes too. */
const SCRIPT = `
var host = process.argv[1], port = Number(process.argv[2]), limit = Number(process.argv[3]);
console.log('netdiag-connect to ' + host + ' ' + port);
var start = process.hrtime(), socket = require('net').connect(port, host);
function end(word, message) {
  var elapsed = process.hrtime(start);
  console.log('netdiag-connect ' + word + ' ' + Math.round(elapsed[0] * 1e6 + elapsed[1] / 1e3) + (message ? ' ' + message : ''));
  clearTimeout(timer);
  socket.destroy();
}
var timer = setTimeout(function () { end('timeout'); }, limit);
socket.on('connect', function () { end('connected'); });
socket.on('error', function (error) { end('failed', error.message); });
`;

/** `node -e`: every errno by its name, and a monotonic clock of its own. */
export const nodeConnect: Dialect<'connect'> = {
  id: 'node',
  tool: 'node',
  implementation: 'node',
  argv: (question, limits) => ['node', '-e', SCRIPT, '--', question.address, String(question.port), String(connectLimitMs(limits))],
  parse: parseScriptReport,
};
