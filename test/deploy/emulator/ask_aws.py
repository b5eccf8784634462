"""Asks AWS with the botocore of the emulator's environment, so that answers are read by code that is not ours.

Standard input: one JSON list of {"service", "operation", "parameters", "role"?}; standard output: one JSON list, in the
same order, of {"answer"} or {"error"}. A role is assumed before the question is asked. Everything else comes from the
usual AWS variables.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

session = botocore.session.get_session()
clients = {}


def client_of(service, role):
    if (service, role) not in clients:
        config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, max_pool_connections=8)
        clients[service, role] = session.create_client(service, config=config, **credentials_of(role))
    return clients[service, role]


def credentials_of(role):
    if role is None:
        return {}
    answer = client_of("sts", None).assume_role(RoleArn=role, RoleSessionName="deploy-test")["Credentials"]
    return {
        "aws_access_key_id": answer["AccessKeyId"],
        "aws_secret_access_key": answer["SecretAccessKey"],
        "aws_session_token": answer["SessionToken"],
    }


def ask(call):
    client = client_of(call["service"], call.get("role"))
    try:
        if client.can_paginate(call["operation"]):
            answer = client.get_paginator(call["operation"]).paginate(**call["parameters"]).build_full_result()
        else:
            answer = getattr(client, call["operation"])(**call["parameters"])
    except ClientError as error:
        return {"error": error.response["Error"]["Code"], "message": error.response["Error"].get("Message", "")}
    answer.pop("ResponseMetadata", None)
    return {"answer": {key: text_of(value) for key, value in answer.items()}}


def text_of(value):
    return value.read().decode("utf-8") if hasattr(value, "read") else value


calls = json.load(sys.stdin)
for call in calls:
    client_of(call["service"], call.get("role"))
with ThreadPoolExecutor(max_workers=8) as pool:
    answers = list(pool.map(ask, calls))
json.dump(answers, sys.stdout, default=str)
