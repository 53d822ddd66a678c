import type { Dialect } from '../../domain/dialect.ts';
import { connectLimitSeconds } from '../connect/limit.ts';
import { parseScriptReport } from '../connect/script-report.ts';

const SCRIPT = `
import errno, socket, sys, time
host, port, limit = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
print("netdiag-connect to %s %d" % (host, port), flush=True)
start = time.monotonic()
def end(word, message=""):
    elapsed = int((time.monotonic() - start) * 1000000)
    print(("netdiag-connect %s %d %s" % (word, elapsed, message)).rstrip(), flush=True)
try:
    connection = socket.create_connection((host, port), limit)
    end("connected")
    connection.close()
except socket.gaierror as error:
    end("failed", error.strerror)
except OSError as error:
    if isinstance(error, socket.timeout) and error.errno is None:
        end("timeout")
    else:
        end("failed", "%s %s" % (errno.errorcode.get(error.errno, error.errno), error.strerror))
`;

/** `python3 -c`, and `python -c` where only that is Python 3. Every errno by its name, and a monotonic clock of its own. */
function pythonConnect(command: 'python3' | 'python'): Dialect<'connect'> {
  return {
    id: command,
    tool: command,
    implementation: 'python3',
    argv: (question, limits) => [command, '-c', SCRIPT, question.address, String(question.port), connectLimitSeconds(limits)],
    parse: parseScriptReport,
  };
}

export const python3Connect = pythonConnect('python3');
export const pythonConnectDialect = pythonConnect('python');
