// A channel command as src/domain/dialect.ts asks for: greeting back, connect, say so (unless QUIET), copy both ways.
import { connect } from 'node:net';
import process from 'node:process';
const [mode, address, port] = process.argv.slice(2);
process.stdin.once('data', (greeting) => {
  process.stdin.pause();
  const end = greeting.indexOf(10) + 1;
  process.stderr.write(greeting.subarray(0, end));
  const socket = connect({ host: address, port: Number(port) });
  socket.on('connect', () => {
    if (mode !== 'quiet') process.stderr.write('netdiag-connected\n');
    socket.write(greeting.subarray(end));
    process.stdin.pipe(socket);
    socket.pipe(process.stdout);
  });
  socket.on('error', (error) => {
    process.stderr.write(error.code === 'ECONNREFUSED' ? 'relay: Connection refused\n' : `relay: ${error.code === 'ECONNRESET' ? 'Connection reset by peer' : error.message}\n`);
    process.exit(1);
  });
  socket.on('close', () => process.exit(0));
});
