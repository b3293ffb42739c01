// Signs requests with @smithy/signature-v4: one JSON object a line in, one a line out.
//
//   node sign.mjs FOLDER      where node_modules is
//
// In: service, region, timestamp, secret, method, url as it is sent, headers as they are sent, body in Base64; to sign in the query,
// the lifetime in seconds, and the session token.
// Out: signed_headers, signature, canonical_request, body_hash.
//
// The signer expects the query as parameters, and the path of S3 encoded as S3 has it; both are derived here from the URL, by
// JavaScript's own functions.
import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { SignatureV4 } = createRequire(`${process.argv[2]}/`)("@smithy/signature-v4");

class Sha256 {
  constructor(secret) {
    this.hash = secret ? createHmac("sha256", secret) : createHash("sha256");
  }
  update(data) {
    this.hash.update(data);
  }
  async digest() {
    return this.hash.digest();
  }
}

class RecordingSigner extends SignatureV4 {
  createCanonicalRequest(...parts) {
    return (this.canonical = super.createCanonicalRequest(...parts));
  }
}

const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function parse(url) {
  const [, protocol, authority, path, query] = /^(https?:)\/\/([^/]+)(\/[^?]*)(?:\?(.*))?$/s.exec(url);
  const parameters = {};
  for (const piece of (query ?? "").split("&").filter(Boolean)) {
    const [name, ...value] = piece.split("=").map((text) => decodeURIComponent(text.replaceAll("+", " ")));
    (parameters[name] ??= []).push(value.join("="));
  }
  return { protocol, authority, path, query: parameters };
}

async function sign({ service, region, timestamp, secret, method, url, headers, body, lifetime, token }) {
  const isS3 = service === "s3";
  const { protocol, authority, path, query } = parse(url);
  const request = {
    protocol,
    hostname: authority,
    method,
    path: isS3 ? encode(decodeURIComponent(path)).replaceAll("%2F", "/") : path,
    query,
    headers: Object.fromEntries([["host", authority], ...headers.map(([name, value]) => [name.toLowerCase(), value])]),
    body: Buffer.from(body, "base64"),
  };
  const hash = "x-amz-content-sha256";
  token ??= request.headers["x-amz-security-token"];
  const signer = new RecordingSigner({
    service,
    region,
    sha256: Sha256,
    uriEscapePath: !isS3,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: secret, ...(token && { sessionToken: token }) },
  });
  const signingDate = new Date(timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));

  if (lifetime) {
    // Nobody sends the word that stands for the body.
    if (isS3) request.headers[hash] = "UNSIGNED-PAYLOAD";
    const unhoistableHeaders = new Set(Object.keys(request.headers));
    const signed = await signer.presign(request, { signingDate, expiresIn: lifetime, unhoistableHeaders, unsignableHeaders: new Set([hash]) });
    return result(signer, signed.query["X-Amz-SignedHeaders"], signed.query["X-Amz-Signature"]);
  }

  // It hashes the body by itself.
  delete request.headers[hash];
  const signed = await signer.sign(request, { signingDate });
  const [, names, signature] = /SignedHeaders=(.*), Signature=(.*)$/.exec(signed.headers.authorization);
  return { ...result(signer, names, signature), body_hash: signed.headers[hash] };
}

const result = (signer, signed_headers, signature) => ({ signed_headers, signature, canonical_request: signer.canonical });

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await sign(JSON.parse(line))));
}
