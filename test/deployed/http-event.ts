import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';

/** A request as an HTTP API hands it to its function. */
export const eventOf = async (request: Request): Promise<APIGatewayProxyEventV2> => {
  const { pathname, search, host } = new URL(request.url);
  const body = await request.text();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: {
      accountId: '123456789012',
      apiId: 'local',
      domainName: host,
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: '',
      },
      requestId: 'local',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    ...(body === '' ? {} : { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== '',
  };
};

const Result = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** The function's answer as the HTTP API gives it to whoever asked. */
export const answerOf = (result: unknown): Response => {
  const { statusCode, headers, body, isBase64Encoded } = Result.parse(result);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return new Response([101, 204, 304].includes(statusCode) ? null : bytes, { status: statusCode, headers });
};
