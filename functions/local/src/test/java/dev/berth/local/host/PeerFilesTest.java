package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lambda.replication.AgreedPeer;
import dev.berth.local.http.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerFilesTest {

  @TempDir Path directory;
  private Path secret;

  @BeforeEach
  void createSecret() {
    secret = directory.resolve("west.secret");
    PeerFiles.createSecret(secret);
  }

  private Path peers(String more) throws IOException {
    return Files.writeString(
        directory.resolve("peers.json"),
        """
        [{"region": "us-west-2", "endpoint": "https://localhost:4510",
          "accounts": ["111122223333"], "secret": "west.secret"%s}]\
        """
            .formatted(more));
  }

  @Test
  void aSecretIsFreshAndForItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    String text = Files.readString(secret).strip();
    assertThat(Base64.getDecoder().decode(text)).hasSize(32);
    Path other = directory.resolve("other.secret");
    PeerFiles.createSecret(other);
    assertThat(Files.readString(other).strip()).isNotEqualTo(text);
  }

  @Test
  void noFileIsReplacedByASecret() throws IOException {
    String before = Files.readString(secret);
    assertThatThrownBy(() -> PeerFiles.createSecret(secret))
        .isInstanceOf(SetupException.class)
        .hasMessage("there is a file %s already", secret);
    assertThat(Files.readString(secret)).isEqualTo(before);
    assertThatThrownBy(() -> PeerFiles.createSecret(directory.resolve("none/secret")))
        .isInstanceOf(SetupException.class)
        .hasMessageEndingWith("there is no such directory");
  }

  @Test
  void filesAreLookedForBesideTheAgreements() throws Exception {
    SelfSigned certificate = SelfSigned.in(directory);
    Path peers =
        peers(",\"certificate\":\"%s\"".formatted(certificate.certificate().getFileName()));

    AgreedPeer peer = PeerFiles.read(peers).getFirst();

    assertThat(peer.agreement().region()).isEqualTo("us-west-2");
    assertThat(peer.certificates())
        .containsExactly((X509Certificate) certificate.store().getCertificate("server"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
  void aSecretThatOthersMayReadIsRefused(String permissions) throws IOException {
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(permissions));
    assertRefused(peers(""), "secret: " + secret + " is readable by others");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hidden!", "aGlkZGVu", "hidden hidden"})
  void whatIsNoSecretIsRefusedWithoutBeingRepeated(String content) throws IOException {
    Files.writeString(secret, content);
    assertRefused(peers(""), "secret: " + secret + " has no secret of 32 bytes or more in base64");
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    Path peers = peers("");
    Files.delete(secret);
    assertRefused(peers, "secret: there is no file " + secret);
    assertRefused(directory.resolve("none.json"), "there is no file ");
    assertRefused(directory, " is not a file");
    Files.createDirectory(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    assertRefused(peers, "secret: " + secret + " is not a file");
  }

  @Test
  void aCertificateThatIsNoneIsSaid() throws IOException {
    Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");
    assertRefused(
        peers(",\"certificate\":\"ca.pem\""),
        "certificate: there is no PEM certificate in " + file);
    Files.writeString(file, "");
    assertRefused(
        peers(",\"certificate\":\"ca.pem\""),
        "certificate: there is no PEM certificate in " + file);
    assertRefused(peers(",\"certificate\":\"none.pem\""), "certificate: there is no file ");
  }

  private static void assertRefused(Path peers, String message) {
    assertThatThrownBy(() -> PeerFiles.read(peers))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("--peers: " + peers + ": ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("hidden")
        .hasNoCause();
  }
}
