"""A real S3 server on this machine, spoken to over HTTP, with one empty bucket."""

import logging
from contextlib import contextmanager
from uuid import uuid4

import boto3
from moto.server import ThreadedMotoServer

# One line for each request would bury what a test has to say.
logging.getLogger("werkzeug").setLevel(logging.WARNING)

KEY, SECRET, REGION = "tester", "ses/ame+open", "eu-central-1"


@contextmanager
def s3_server(port=0):
    """Yields the address of a new server, such as http://127.0.0.1:40123."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


def client_of(address):
    return boto3.client(
        "s3", endpoint_url=address, region_name=REGION, aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )


def new_bucket(address):
    """Its name; anybody may read what lies in it, as with a bucket that has a public address."""
    name, client = f"pictures-{uuid4().hex[:12]}", client_of(address)
    client.create_bucket(
        Bucket=name, ACL="public-read", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    return name


def storage_url(address, bucket, *, public=False):
    """STORAGE_URL as an operator writes it; `public` gives the bucket's own address to visitors."""
    host = address.removeprefix("http://")
    query = f"&public={address}/{bucket}" if public else ""
    return f"s3+http://{KEY}:ses%2Fame%2Bopen@{host}/{bucket}?region={REGION}{query}"
