/** Our own clients, spoken through a command in the vantage that carries bytes: for pods that have bash, busybox or nc, and nothing better. */
export { openTunnel, type Tunnel, type TunnelAccess, type TunnelResult } from './open.ts';
export { tlsOverStream, type TlsQuestion, type TlsResult } from './tls.ts';
export { httpOverStream, type HttpQuestion } from './http.ts';
export { connectThroughProxy, type ProxyQuestion, type ProxyResult } from './proxy.ts';
export { exchangeOverStream, type ExchangeQuestion } from './exchange.ts';
export {
  askExchangeOverTunnel,
  askRequestOverTunnel,
  askTlsOverTunnel,
  type ExchangeOverTunnel,
  type ProxyAddress,
  type RequestOverTunnel,
  type TlsOverTunnel,
  type Trust,
} from './ask.ts';
