"""A real asyncua server with a few variables, and certificates for both sides."""

import datetime as dt
import ipaddress

from asyncua import Server, ua
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.uaprocessor import UaProcessor
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAMESPACE = "http://plant.example/dcs"


class Peer:
    """`start`, `stop`; `asked` holds the names of the services that clients asked for."""

    def __init__(self, port, monkeypatch, **options):
        self.port = port
        self.url = f"opc.tcp://127.0.0.1:{port}/"
        self.asked = set()
        self._options = options
        process = UaProcessor._process_message

        async def noting(processor, typeid, requesthdr, seqhdr, body):
            self.asked.add(NAMES.get(typeid.Identifier, str(typeid)))
            return await process(processor, typeid, requesthdr, seqhdr, body)

        monkeypatch.setattr(UaProcessor, "_process_message", noting)

    async def start(self, namespaces=(NAMESPACE,)):
        options = self._options
        server = Server(user_manager=options.get("users"))
        await server.init()
        server.set_endpoint(self.url)
        if "certificate" in options:
            await server.set_application_uri("urn:plant.example:dcs")
            server.set_security_policy([ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt])
            await server.load_certificate(str(options["certificate"]))
            await server.load_private_key(str(options["key"]))
        for uri in namespaces:
            index = await server.register_namespace(uri)
        names = ("level", "pressure", "text")
        self.variables = {}
        for name, value in zip(names, (1.5, 7, "on"), strict=True):
            node = ua.NodeId(name, index)
            self.variables[name] = await server.nodes.objects.add_variable(node, name, value)
        await server.start()
        self.server = server

    async def set(self, name, value, code=0, at=None):
        data = ua.DataValue(ua.Variant(value), ua.StatusCode(code), SourceTimestamp=at)
        await self.variables[name].write_value(data)

    async def stop(self):
        await self.server.stop()


NAMES = {
    number: name.partition("Request_Encoding")[0]
    for name, number in vars(ua.ObjectIds).items()
    if name.endswith("Request_Encoding_DefaultBinary")
}


class Users:
    """Knows one user."""

    def get_user(self, iserver, username=None, password=None, certificate=None):
        del iserver, certificate
        if (username, password) == ("muster", "secret"):
            return User(role=UserRole.User)
        return None


def certificate(folder, name, uri):
    """Make a key and a self-signed certificate; return their files."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=365))
        .not_valid_after(now + dt.timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName(
                [
                    x509.UniformResourceIdentifier(uri),
                    x509.DNSName("localhost"),
                    x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
                ]
            ),
            critical=False,
        )
        .add_extension(
            x509.ExtendedKeyUsage(
                [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / f"{name}.der", folder / f"{name}-key.pem"
    cert_file.write_bytes(built.public_bytes(serialization.Encoding.DER))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_file, key_file
