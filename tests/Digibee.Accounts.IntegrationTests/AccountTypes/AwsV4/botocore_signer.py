"""Signs requests with botocore: one JSON object a line in, one a line out.

In: service, region, timestamp, secret, method, url as it is sent, headers as they are sent, body in Base64.
Out: signed_headers, signature, canonical_request, body_hash.

botocore expects the query as parameters, and the path of S3 encoded as S3 has it; both are derived here from the URL, by Python's own
functions.
"""
import base64
import hashlib
import json
import sys
from urllib.parse import quote, unquote_plus, unquote_to_bytes, urlsplit, urlunsplit

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def sign(case):
    parts = urlsplit(case["url"])
    is_s3 = case["service"] == "s3"
    path = quote(unquote_to_bytes(parts.path), safe="/~") if is_s3 else parts.path
    pairs = [pair.partition("=") for pair in parts.query.split("&") if pair]
    request = AWSRequest(
        method=case["method"],
        url=urlunsplit((parts.scheme, parts.netloc, path, "", "")),
        params=[(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs],
        data=base64.b64decode(case["body"]),
    )
    for name, value in case["headers"]:
        request.headers[name] = value
    request.context["timestamp"] = case["timestamp"]

    auth = (S3SigV4Auth if is_s3 else SigV4Auth)(Credentials("AKIDEXAMPLE", case["secret"]), case["service"], case["region"])
    canonical = auth.canonical_request(request)
    return {
        "signed_headers": auth.signed_headers(auth.headers_to_sign(request)),
        "signature": auth.signature(auth.string_to_sign(request, canonical), request),
        "canonical_request": canonical,
        "body_hash": hashlib.sha256(request.data or b"").hexdigest(),
    }


for line in sys.stdin:
    print(json.dumps(sign(json.loads(line))))
