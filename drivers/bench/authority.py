"""A certificate authority for sample cards, made when it is first needed and gone with the process.

It issues certificates in the form of the JPKI's for user authentication: a subject of country and a serial-like common
name, nothing about a person, an RSA-2048 key for digital signatures and client authentication. Its own name says that
it is a sample.
"""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)

_POLICY = x509.ObjectIdentifier("2.25.19930401")  # of no meaning outside this bench
_YEAR = timedelta(days=365)


class Issued(NamedTuple):
    """A key and its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


class SampleAuthority:
    """Issues and revokes. The authority itself is valid five years before and after `now` (aware)."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self._revoked: set[int] = set()

    @cached_property
    def ca_certificate(self) -> x509.Certificate:
        """What the portal trusts."""
        name = _authority_name()
        public = self._key.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(public)
            .serial_number(1)
            .not_valid_before(self.now - 5 * _YEAR)
            .not_valid_after(self.now + 5 * _YEAR)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def issue(self, serial: int, not_before: datetime | None = None, not_after: datetime | None = None) -> Issued:
        """A card's key and certificate; without dates valid from a year ago for five years, as seen at the start."""
        key = _new_key()
        return Issued(key, self._certify(key, serial, not_before, not_after))

    def revoke(self, certificate: x509.Certificate) -> None:
        """From now on the portal refuses this one."""
        self._revoked.add(certificate.serial_number)

    def revocations(self, now: datetime) -> bytes:
        """The list of what was revoked (DER), as it is published at this moment, for two days."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(_authority_name())
        builder = builder.last_update(now).next_update(now + timedelta(days=2))
        for serial in tuple(self._revoked):
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return _new_key()

    def _certify(
        self, key: rsa.RSAPrivateKey, serial: int, not_before: datetime | None, not_after: datetime | None
    ) -> x509.Certificate:
        common_name = f"{84390000 + serial:08d}SAMPLE{serial:014d}"
        subject = _name((NameOID.COUNTRY_NAME, "JP"), (NameOID.COMMON_NAME, common_name))
        issuer_key = self.ca_certificate.public_key()
        assert isinstance(issuer_key, rsa.RSAPublicKey)
        directory = [x509.DirectoryName(_name(*_AUTHORITY, (NameOID.COMMON_NAME, "Sample CRL 1 見本")))]
        notice = x509.UserNotice(None, "Sample certificate of a bench. Not issued to anybody. 見本")
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_authority_name())
            .public_key(key.public_key())
            .serial_number(serial)
            .not_valid_before(not_before or self.now - _YEAR)
            .not_valid_after(not_after or self.now + 4 * _YEAR)
            .add_extension(_usage(certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .add_extension(
                x509.CertificatePolicies([x509.PolicyInformation(_POLICY, ["https://ca.example.jp/policy", notice])]),
                critical=True,
            )
            .add_extension(x509.IssuerAlternativeName([x509.DirectoryName(_authority_name())]), critical=False)
            .add_extension(
                x509.CRLDistributionPoints([x509.DistributionPoint(directory, None, None, None)]), critical=False
            )
            .add_extension(
                x509.AuthorityInformationAccess(
                    [
                        x509.AccessDescription(
                            AuthorityInformationAccessOID.OCSP,
                            x509.UniformResourceIdentifier("https://ocsp.example.jp/sample"),
                        )
                    ]
                ),
                critical=False,
            )
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )


_AUTHORITY = (
    (NameOID.COUNTRY_NAME, "JP"),
    (NameOID.ORGANIZATION_NAME, "JPKI"),
    (NameOID.ORGANIZATIONAL_UNIT_NAME, "Sample authority for user authentication 見本"),
    (NameOID.ORGANIZATIONAL_UNIT_NAME, "Bench of a kiosk"),
)


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _authority_name() -> x509.Name:
    return _name(*_AUTHORITY)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
