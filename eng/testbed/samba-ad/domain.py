#!/usr/bin/python3
"""Changes a running testbed domain, also in ways that samba-tool cannot without a whole domain controller.

domain.py CONF user USER              makes a user
domain.py CONF keytab USER FILE       writes a user's keys into a keytab
domain.py CONF trust REALM PASSWORD   trusts a realm in both directions; its KDC needs krbtgt/REALM@DOMAIN with this password
domain.py CONF rc4-only USER          leaves a user the RC4 key alone, as one has it whose password is older than AES in the domain
domain.py CONF groups USER COUNT      makes a user a member of so many new groups, which stand in each of its tickets

The interpreter is the system's own, which has Samba's modules.
"""
import subprocess
import sys
import time

import ldb
import samba
from samba.auth import system_session
from samba.dcerpc import drsblobs, lsa, security
from samba.ndr import ndr_pack
from samba.param import LoadParm
from samba.samdb import SamDB


def user(db, name):
    tool("user", "create", name, f"Pw-{name}-1!")


def keytab(db, name, file):
    tool("domain", "exportkeytab", file, f"--principal={name}")


def tool(*arguments):
    subprocess.run(["samba-tool", *arguments, f"--configfile={configuration}"], check=True, stdout=subprocess.DEVNULL)


def secret(password):
    """The password as a trust keeps it: trustAuthInOutBlob of MS-ADTS, section 6.1.6.9.1."""
    text = password.encode("utf-16-le")
    clear = drsblobs.AuthInfoClear()
    clear.size = len(text)  # before the text, of which so much is taken
    clear.password = list(text)
    information = drsblobs.AuthenticationInformation()
    information.LastUpdateTime = samba.unix2nttime(int(time.time()))
    information.AuthType = lsa.TRUST_AUTH_TYPE_CLEAR
    information.AuthInfo = clear
    array = drsblobs.AuthenticationInformationArray()
    array.count = 1
    array.array = [information]
    blob = drsblobs.trustAuthInOutBlob()
    blob.count = 1
    blob.current = array
    return ndr_pack(blob)


def trust(db, realm, password):
    # Forest-transitive, so that hosts of the realm's domain are referred to it.
    values = {
        "objectClass": "trustedDomain",
        "trustType": str(lsa.LSA_TRUST_TYPE_UPLEVEL),
        "trustDirection": str(lsa.LSA_TRUST_DIRECTION_INBOUND | lsa.LSA_TRUST_DIRECTION_OUTBOUND),
        "trustAttributes": str(lsa.LSA_TRUST_ATTRIBUTE_FOREST_TRANSITIVE),
        "trustPartner": realm,
        "flatName": realm.split(".")[0] + "TEST",
        "securityIdentifier": ndr_pack(security.dom_sid("S-1-5-21-1-2-3")),
        "msDS-SupportedEncryptionTypes": str(security.KERB_ENCTYPE_AES128_CTS_HMAC_SHA1_96 | security.KERB_ENCTYPE_AES256_CTS_HMAC_SHA1_96),
        "trustAuthIncoming": secret(password),
        "trustAuthOutgoing": secret(password),
    }
    db.add({"dn": f"CN={realm},CN=System,{db.domain_dn()}", **values}, controls=["relax:0"])


def rc4_only(db, name):
    # The keys of AES are in supplementalCredentials; the one of RC4 is the hash of the password. Samba's modules refuse this; the file below them does not.
    partition = str(db.domain_dn())
    file = ldb.Ldb(settings.private_path(f"sam.ldb.d/{partition.upper()}.ldb"))
    message = ldb.Message(ldb.Dn(file, f"CN={name},CN=Users,{partition}"))
    message["keys"] = ldb.MessageElement([], ldb.FLAG_MOD_DELETE, "supplementalCredentials")
    file.modify(message)


def groups(db, name, count):
    member = f"CN={name},CN=Users,{db.domain_dn()}"
    db.transaction_start()
    for i in range(int(count)):
        group = f"{name}-{i}"
        db.add({"dn": f"CN={group},CN=Users,{db.domain_dn()}", "objectClass": "group", "sAMAccountName": group, "member": member})
    db.transaction_commit()


commands = {"user": user, "keytab": keytab, "trust": trust, "rc4-only": rc4_only, "groups": groups}
configuration, command, *arguments = sys.argv[1:]
settings = LoadParm()
settings.load(configuration)
commands[command](SamDB(lp=settings, session_info=system_session(settings)), *arguments)
