import { describe, expect, test } from 'vitest';
import { destinationsInArguments, destinationsInFile, destinationsOf } from '../../src/dependencies/index.ts';

const urls = (values: Readonly<Record<string, string>>): readonly string[] =>
  destinationsOf(Object.entries(values).map(([name, value]) => ({ name, value }))).map(({ dependency }) => dependency.url);

describe('variables name destinations', () => {
  test.each<readonly [Readonly<Record<string, string>>, readonly string[]]>([
    [{ API_URL: 'https://api.example.com/v1?token=abc' }, ['https://api.example.com/v1']],
    [{ DATABASE_URL: 'postgres://u:s3cret@db.example:5432/x?sslmode=disable' }, ['postgres://db.example']],
    [{ DATABASE_URL: 'postgres://u:p/w@rd@db.example:5433/x' }, ['postgres://db.example:5433']],
    [{ SPRING_DATASOURCE_URL: 'jdbc:postgresql://db.example:5432/x' }, ['postgresql://db.example']],
    [{ URL: 'jdbc:sqlserver://db.example:1433;databaseName=x;user=sa;password=y' }, ['tcp://db.example:1433']],
    [{ URL: 'jdbc:oracle:thin:@//ora.example:1521/ORCL' }, ['tcp://ora.example:1521']],
    [{ URL: 'jdbc:oracle:thin:u/p@ora.example:1521:ORCL' }, ['tcp://ora.example:1521']],
    [{ DSN: 'orders:pw@tcp(db.example:3307)/orders?parseTime=true' }, ['mysql://db.example:3307']],
    [{ DSN: 'host=db.example port=5433 user=x password=y dbname=z' }, ['postgres://db.example:5433']],
    [{ ConnectionStrings__Main: 'Server=tcp:sql.example,1433;Initial Catalog=x;Password=y' }, ['tcp://sql.example:1433']],
    [{ ConnectionStrings__Main: 'Host=db.example;Port=5432;Username=x;Password=y' }, ['tcp://db.example:5432']],
    [{ CACHE: 'cache.example:6379,password=y,ssl=True' }, ['tcp://cache.example:6379']],
    [{ MONGO_URL: 'mongodb://u:p@m1.example:27017,m2.example:27018/x?replicaSet=r' }, ['mongodb://m1.example', 'mongodb://m2.example:27018']],
    [{ MONGO_URL: 'mongodb+srv://u:p@cluster0.example/x' }, ['mongodb://cluster0.example']],
    [{ KAFKA_BROKERS: 'k1:9092,k2.example:9093' }, ['kafka://k1', 'kafka://k2.example:9093']],
    [{ DB_HOST: 'db.example', DB_PORT: '5432' }, ['tcp://db.example:5432']],
    [{ PGHOST: 'db.example', PGPORT: '5433' }, ['postgres://db.example:5433']],
    [{ PGHOST: 'db.example' }, ['postgres://db.example']],
    [{ REDIS_HOST: 'cache' }, ['redis://cache']],
    [{ DB_HOST: 'fd00::9', DB_PORT: '5432' }, ['tcp://[fd00::9]:5432']],
    [{ 'db.host': 'db.example', 'db.port': '1234' }, ['tcp://db.example:1234']],
    [{ PAYMENTS_ADDR: 'payments:8080' }, ['tcp://payments:8080']],
    [{ TARGET: '10.0.0.9:5432' }, ['tcp://10.0.0.9:5432']],
    [{ HTTPS_PROXY: 'http://u:p@proxy.corp.example:3128' }, ['tcp://proxy.corp.example:3128']],
    [{ NATS: 'nats://nats.example' }, ['tcp://nats.example:4222']],
    [{ EVENTS: 'wss://events.example/socket' }, ['https://events.example/socket']],
    [{ AMQP: 'amqp://u:p%40ss@mq.example/vhost' }, ['amqp://mq.example']],
    [{ V6: 'https://[2001:db8::1]:8443/x' }, ['https://[2001:db8::1]:8443/x']],
  ])('%j', (values, expected) => {
    expect(urls(values)).toEqual(expected);
  });

  test.each<Readonly<Record<string, string>>>([
    { LISTEN_ADDR: '0.0.0.0:8080' },
    { SERVER_ADDRESS: '0.0.0.0:8080' },
    { HOST: '127.0.0.1', PORT: '8080' },
    { HOST: '0.0.0.0', PORT: '8080' },
    { NO_PROXY: '10.0.0.0/8,.example.com' },
    { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' },
    { ORDERS_PORT_8080_TCP_ADDR: '10.96.1.1', ORDERS_PORT: 'tcp://10.96.1.1:8080' },
    { URL: 'https://$(HOST)/x' },
    { URL: 'https://${HOST}/x' },
    { START: '12:30' },
    { IMAGE: 'nginx:1.25' },
    { VERSION: 'v1.2.3:8080x' },
    { XMLNS: 'http://www.w3.org/2001/XMLSchema' },
    { DB_HOST: '/var/run/postgresql', DB_PORT: '5432' },
    { DB_HOST: 'db.example' },
    { CORS_ORIGINS: 'https://shop.example' },
    { EMPTY: '' },
    { PORT: '5432' },
  ])('%j names none', (values) => {
    expect(urls(values).filter((url) => url !== 'tcp://10.96.1.1:8080')).toEqual([]);
  });

  test('a variable of a Secret, whose value is not known, names none and breaks no pair', () => {
    expect(destinationsOf([{ name: 'DB_HOST', value: 'db.example' }, { name: 'DB_PORT', value: null }, { name: 'DB_URL', value: null }])).toEqual([]);
  });
});

test.each<readonly [string, string, readonly (readonly [string, string])[]]>([
  ['YAML', 'database:\n  host: db.example\n  port: 5432\napi:\n  url: https://api.example/\nbrokers: [k1:9092, k2:9092]\n', [['database.host', 'tcp://db.example:5432'], ['api.url', 'https://api.example/'], ['brokers', 'tcp://k1:9092'], ['brokers', 'tcp://k2:9092']]],
  ['JSON', '{"ConnectionStrings":{"Db":"Host=db.example;Port=5433;Password=x"},"Api":{"BaseUrl":"https://api.example/"}}', [['ConnectionStrings.Db', 'tcp://db.example:5433'], ['Api.BaseUrl', 'https://api.example/']]],
  ['properties', '# db.host=old.example\ndb.host=db.example\ndb.port=5432\nspring.datasource.url=jdbc:mysql://my.example/x\n', [['db.host', 'tcp://db.example:5432'], ['spring.datasource.url', 'mysql://my.example']]],
  ['TOML', '[database]\nhost = "db.example"\nport = 5432\n', [['database.host', 'tcp://db.example:5432']]],
  ['nginx', 'upstream x {\n  # server https://old.example/;\n  server app.example:8080;\n}\nproxy_pass https://api.example/;\n', [['', 'https://api.example/']]],
  ['XML', '<a xmlns="http://www.w3.org/1999/xhtml"><!-- https://old.example --><url>https://api.example/x</url></a>', [['', 'https://api.example/x']]],
  ['a broken file', '{{{ \u0000 [', []],
  ['a page of text', 'just words', []],
])('a mounted file in %s', (_, text, expected) => {
  expect(destinationsInFile(text).map(({ name, dependency }) => [name, dependency.url])).toEqual(expected);
});

test.each<readonly [readonly string[], readonly string[]]>([
  [['app', '--db-host=db.example', '--db-port=5432'], ['tcp://db.example:5432']],
  [['app', '--db-host', 'db.example', '--db-port', '5432'], ['tcp://db.example:5432']],
  [['java', '-Dspring.datasource.url=jdbc:postgresql://db.example/x', '-jar', 'app.jar'], ['postgresql://db.example']],
  [['app', 'https://api.example/'], ['https://api.example/']],
  [['sh', '-c', 'while true; do wget -q -O /dev/null http://orders:8080/healthz || echo no; done'], ['http://orders:8080/healthz']],
  [['app', '--listen', '0.0.0.0:8080', '--upstream', 'api:8443'], ['tcp://api:8443']],
  [['sleep', 'infinity'], []],
])('a command line: %j', (argv, expected) => {
  expect(destinationsInArguments(argv).map(({ dependency }) => dependency.url)).toEqual(expected);
});
