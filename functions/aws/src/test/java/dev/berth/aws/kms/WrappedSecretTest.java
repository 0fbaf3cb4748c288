package dev.berth.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table.Consistency;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

class WrappedSecretTest {

  private static final String WRAPPED = Base64.getEncoder().encodeToString(new byte[] {7, 7});
  private static final String OTHER = Base64.getEncoder().encodeToString(new byte[] {8, 8});
  private static final byte[] PLAIN = new byte[32];

  private final MemoryTable table = new MemoryTable();
  private ScriptedKms server;
  private KmsClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedKms();
    client = server.client();
    server.answers("GenerateDataKeyWithoutPlaintext", "{\"CiphertextBlob\":\"" + WRAPPED + "\"}");
    server.answers(
        "Decrypt", "{\"Plaintext\":\"" + Base64.getEncoder().encodeToString(PLAIN) + "\"}");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private DeploymentSecret load() {
    return new WrappedSecret(client, "alias/berth", table).load();
  }

  @Test
  void theFirstStartHasKmsMakeIt() {
    load();

    var request = server.calls("GenerateDataKeyWithoutPlaintext").getFirst().request();
    assertThat(request.path("KeyId").asText()).isEqualTo("alias/berth");
    assertThat(request.path("NumberOfBytes").asInt()).isEqualTo(32);
    assertThat(request.at("/EncryptionContext/berth").asText()).isEqualTo("deployment-secret");
  }

  @Test
  void laterStartsHaveTheSame() {
    String sealed = load().sealer(Purpose.PAGE_POSITION).seal(new byte[] {1});

    assertThat(load().sealer(Purpose.PAGE_POSITION).open(sealed)).contains(new byte[] {1});
    assertThat(server.calls("GenerateDataKeyWithoutPlaintext")).hasSize(1);
    var request = server.calls("Decrypt").getLast().request();
    assertThat(request.path("CiphertextBlob").asText()).isEqualTo(WRAPPED);
    assertThat(request.at("/EncryptionContext/berth").asText()).isEqualTo("deployment-secret");
  }

  @Test
  void theTableHasItWrapped() {
    load();

    assertThat(
            table.get(Keys.deploymentSecret(), Consistency.STRONG).orElseThrow().binary("wrapped"))
        .isEqualTo(new byte[] {7, 7});
  }

  @Test
  void ofTwoThatMakeOneTheFirstPrevails() {
    new WrappedSecret(client, "alias/berth", table).load();
    server.answers("GenerateDataKeyWithoutPlaintext", "{\"CiphertextBlob\":\"" + OTHER + "\"}");

    load();

    assertThat(server.calls("Decrypt").getLast().request().path("CiphertextBlob").asText())
        .isEqualTo(WRAPPED);
  }

  @Test
  void aKeyThatMayNotBeUsedIsNamed() {
    load();
    try (var refusing = new ScriptedKms();
        var refused = refusing.client()) {
      refusing.refuses("Decrypt", "AccessDeniedException", "no");

      assertThatThrownBy(() -> new WrappedSecret(refused, "alias/berth", table).load())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot use the KMS key alias/berth");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
