import { describe, expect, it } from 'vitest';
import { parseSockets } from '../../../src/tools/ss/parse.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parseSockets);

describe('pasted sockets of other systems', () => {
  it('Windows netstat', () => {
    const text = '  Proto  Local Address          Foreign Address        State           PID\n  TCP    192.0.2.5:49152        192.0.2.7:443          ESTABLISHED     1234\n  TCP    [::]:135               [::]:0                 LISTENING       900\n  UDP    0.0.0.0:123            *:*                                    5';
    expect(parseSockets(outputOf(text))).toEqual([{ kind: 'sockets', sockets: [
      { state: 'ESTABLISHED', localAddress: '192.0.2.5', localPort: 49152, remoteAddress: '192.0.2.7', remotePort: 443 },
      { state: 'LISTEN', localAddress: '::', localPort: 135, remoteAddress: '::', remotePort: 0 },
    ] }]);
  });

  it('macOS netstat, whose ports follow a dot', () => {
    const text = 'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\ntcp4       0      0  192.0.2.5.49152        192.0.2.7.443          SYN_SENT\ntcp46      0      0  *.8080                 *.*                    LISTEN';
    expect(parseSockets(outputOf(text))).toMatchObject([{ sockets: [{ state: 'SYN_SENT', remoteAddress: '192.0.2.7', remotePort: 443 }, { state: 'LISTEN', localAddress: '*', localPort: 8080 }] }]);
  });

  it('an empty table is an answer, another text is none', () => {
    expect(parseSockets(outputOf('State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess'))).toEqual([{ kind: 'sockets', sockets: [] }]);
    expect(parseSockets(outputOf('nothing of the kind'))).toMatchObject([{ kind: 'unavailable' }]);
  });
});
