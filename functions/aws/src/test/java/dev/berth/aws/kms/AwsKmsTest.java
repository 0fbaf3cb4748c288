package dev.berth.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.aws.kms.ScriptedKms.Call;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;

class AwsKmsTest {

  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "arn:aws:iam::123456789012:role/berth";
  private static final String APP = "arn:aws:ecr:us-east-1:123456789012:repository/app";
  private static final KeyArn KEY = new KeyArn("aws", "us-east-1", ACCOUNT, "0123");

  private ScriptedKms server;
  private KmsClient client;
  private AwsKms kms;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedKms();
    client = server.client();
    kms = kms(Optional.of(ROLE));
  }

  private AwsKms kms(Optional<String> role) {
    return new AwsKms(
        client,
        new AwsKms.Settings("us-east-1", role, "alias/berth/ecr"),
        ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aKeyIsDescribedByWhateverNamesIt() {
    server.answers("DescribeKey", key(KEY, "Enabled"));

    assertThat(kms.describe(ACCOUNT, "alias/team")).isEqualTo(KEY);
    assertThat(server.calls("DescribeKey"))
        .extracting(call -> call.request().get("KeyId").asText())
        .containsExactly("alias/team");
  }

  @ParameterizedTest
  @CsvSource({
    "Disabled, DisabledException, is disabled.",
    "PendingDeletion, KMSInvalidStateException, is pending deletion.",
    "PendingImport, KMSInvalidStateException, is pending import."
  })
  void aKeyThatIsNotEnabledIsRefused(String state, String error, String message) {
    server.answers("DescribeKey", key(KEY, state));

    assertRefused(error, KEY + " " + message, () -> kms.describe(ACCOUNT, "0123"));
  }

  @Test
  void aKeyOfAnotherRegionIsRefused() {
    var western = new KeyArn("aws", "us-west-2", ACCOUNT, "0123");
    server.answers("DescribeKey", key(western, "Enabled"));

    assertRefused(
        "NotFoundException",
        western + " is not a key in us-east-1.",
        () -> kms.describe(ACCOUNT, western.toString()));
  }

  @Test
  void aKeyThatDoesNotEncryptIsRefused() {
    server.answers("DescribeKey", key(KEY, "Enabled").replace("SYMMETRIC_DEFAULT", "RSA_2048"));

    assertRefused(
        "InvalidKeyUsageException",
        KEY + " is not a symmetric key for encryption.",
        () -> kms.describe(ACCOUNT, "0123"));
  }

  @Test
  void whatKmsRefusesIsSaidWithItsOwnCode() {
    server.refuses("DescribeKey", "NotFoundException", "Invalid keyId '0123'");

    assertRefused("NotFoundException", "Invalid keyId '0123'", () -> kms.describe(ACCOUNT, "0123"));
  }

  @Test
  void whereKmsFailsTheStoreDoes() {
    server.answers("DescribeKey", 500, "{\"__type\":\"KMSInternalException\"}");
    server.refuses("CreateGrant", "ThrottlingException", "Rate exceeded");

    assertThatThrownBy(() -> kms.describe(ACCOUNT, "0123")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> kms.grant(KEY, "r1", APP)).isInstanceOf(StoreException.class);
  }

  @Test
  void theDefaultKeyIsTheOneOfTheDeploymentsAlias() {
    server.answers("DescribeKey", key(KEY, "Enabled"));

    assertThat(kms.defaultKey(ACCOUNT)).isEqualTo(KEY);
    assertThat(kms.describe(ACCOUNT, "alias/aws/ecr")).isEqualTo(KEY);
    assertThat(server.calls("DescribeKey"))
        .extracting(call -> call.request().get("KeyId").asText())
        .containsExactly("alias/berth/ecr", "alias/berth/ecr");
    assertThat(server.calls("CreateKey")).isEmpty();
  }

  @Test
  void theDefaultKeyIsMadeOnItsFirstUse() {
    server
        .refuses("DescribeKey", "NotFoundException", "Alias is not found.")
        .answers("DescribeKey", key(KEY, "Enabled"))
        .answers("CreateKey", key(KEY, "Enabled"))
        .answers("CreateAlias", "{}");

    assertThat(kms.defaultKey(ACCOUNT)).isEqualTo(KEY);
    JsonNode alias = server.calls("CreateAlias").getFirst().request();
    assertThat(alias.get("AliasName").asText()).isEqualTo("alias/berth/ecr");
    assertThat(alias.get("TargetKeyId").asText()).isEqualTo("0123");
  }

  @Test
  void theDefaultKeyIsKnownAtOnceThoughItsAliasIsNot() {
    server
        .refuses("DescribeKey", "NotFoundException", "Alias is not found.")
        .answers("CreateKey", key(KEY, "Enabled"))
        .answers("CreateAlias", "{}");

    assertThat(kms.defaultKey(ACCOUNT)).isEqualTo(KEY);
  }

  @Test
  void aDefaultKeyThatCannotBeNamedIsDropped() {
    server
        .refuses("DescribeKey", "NotFoundException", "Alias is not found.")
        .answers("CreateKey", key(KEY, "Enabled"))
        .refuses("CreateAlias", "AccessDeniedException", "not authorized")
        .answers("ScheduleKeyDeletion", "{}");

    assertRefused("AccessDeniedException", "not authorized", () -> kms.defaultKey(ACCOUNT));
    assertThat(server.calls("ScheduleKeyDeletion")).hasSize(1);
  }

  @Test
  void ofTwoDefaultKeysTheOneThatCameSecondIsDropped() {
    var mine = new KeyArn("aws", "us-east-1", ACCOUNT, "mine");
    server
        .refuses("DescribeKey", "NotFoundException", "Alias is not found.")
        .answers("DescribeKey", key(KEY, "Enabled"))
        .answers("CreateKey", key(mine, "Enabled"))
        .refuses("CreateAlias", "AlreadyExistsException", "An alias with the name exists")
        .answers("ScheduleKeyDeletion", "{}");

    assertThat(kms.defaultKey(ACCOUNT)).isEqualTo(KEY);
    assertThat(server.calls("ScheduleKeyDeletion"))
        .extracting(call -> call.request().get("KeyId").asText())
        .containsExactly("mine");
  }

  @Test
  void aRepositoryGetsTwoGrantsToTheDeploymentsRole() {
    server.answers("CreateGrant", "{\"GrantId\":\"g\",\"GrantToken\":\"t\"}");

    kms.grant(KEY, "r1", APP);

    assertThat(server.calls("CreateGrant"))
        .extracting(Call::request)
        .hasSize(2)
        .allSatisfy(
            grant -> {
              assertThat(grant.get("KeyId").asText()).isEqualTo(KEY.toString());
              assertThat(grant.get("GranteePrincipal").asText()).isEqualTo(ROLE);
              assertThat(grant.get("RetiringPrincipal").asText()).isEqualTo(ROLE);
            })
        .satisfiesExactly(
            encrypt -> {
              assertThat(encrypt.get("Name").asText()).isEqualTo("berth:r1:encrypt");
              assertThat(encrypt.at("/Operations/0").asText()).isEqualTo("GenerateDataKey");
              assertThat(encrypt.at("/Constraints/EncryptionContextSubset/aws:ecr:arn").asText())
                  .isEqualTo(APP);
            },
            decrypt -> {
              assertThat(decrypt.get("Name").asText()).isEqualTo("berth:r1:decrypt");
              assertThat(decrypt.get("Operations")).hasSize(1);
              assertThat(decrypt.at("/Operations/0").asText()).isEqualTo("Decrypt");
              assertThat(decrypt.has("Constraints")).isFalse();
            });
  }

  @Test
  void withoutARoleGrantsAreToTheKeysAccount() {
    server.answers("CreateGrant", "{\"GrantId\":\"g\",\"GrantToken\":\"t\"}");

    kms(Optional.empty()).grant(KEY, "r1", APP);

    assertThat(server.calls("CreateGrant").getFirst().request().get("GranteePrincipal").asText())
        .isEqualTo("arn:aws:iam::123456789012:root");
  }

  @Test
  void theGrantsOfARepositoryAreFoundByTheirNamesOnAllPages() {
    server
        .answers(
            "ListGrants",
            "{\"Truncated\":true,\"NextMarker\":\"m\",\"Grants\":[%s,%s]}"
                .formatted(grant("g1", "berth:r1:encrypt"), grant("g2", "berth:r11:encrypt")))
        .answers(
            "ListGrants",
            "{\"Truncated\":false,\"Grants\":[%s,{\"GrantId\":\"g4\"}]}"
                .formatted(grant("g3", "berth:r1:decrypt")))
        .answers("RetireGrant", "{}");

    kms.retire(KEY, "r1");

    assertThat(server.calls("RetireGrant"))
        .extracting(call -> call.request().get("GrantId").asText())
        .containsExactly("g1", "g3");
  }

  @Test
  void whatIsGoneNeedsNoRetiring() {
    server
        .answers(
            "ListGrants",
            "{\"Truncated\":false,\"Grants\":[%s]}".formatted(grant("g1", "berth:r1:encrypt")))
        .refuses("ListGrants", "NotFoundException", "Key does not exist")
        .refuses("RetireGrant", "NotFoundException", "Grant ID g1 not found");

    kms.retire(KEY, "r1");
    kms.retire(KEY, "r1");

    assertThat(server.calls("RetireGrant")).hasSize(1);
  }

  @Test
  void aGrantThatCannotBeRetiredIsSaid() {
    server.refuses("ListGrants", "AccessDeniedException", "not authorized");

    assertRefused("AccessDeniedException", "not authorized", () -> kms.retire(KEY, "r1"));
  }

  @Test
  void kmsIsAskedOnceAMinuteWhetherAKeyCanBeUsed() {
    server
        .answers("DescribeKey", key(KEY, "Enabled"))
        .answers("DescribeKey", key(KEY, "Disabled"))
        .answers("DescribeKey", key(KEY, "Enabled"));
    kms.requireUsable(KEY);
    kms.requireUsable(KEY);
    assertThat(server.calls("DescribeKey")).hasSize(1);

    now = now.plus(Duration.ofSeconds(61));
    for (int i = 0; i < 2; i++) {
      assertRefused("DisabledException", KEY + " is disabled.", () -> kms.requireUsable(KEY));
    }
    assertThat(server.calls("DescribeKey")).hasSize(2);

    now = now.plus(Duration.ofSeconds(61));
    kms.requireUsable(KEY);
  }

  private static void assertRefused(String error, String message, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(KmsFailed.class, e -> assertThat(e.error()).isEqualTo(error))
        .hasMessage("The operation failed due to a KMS exception: " + message);
  }

  private static String key(KeyArn arn, String state) {
    return """
    {"KeyMetadata":{"Arn":"%s","KeyId":"%s","KeyState":"%s","Enabled":%s,
     "KeyUsage":"ENCRYPT_DECRYPT","KeySpec":"SYMMETRIC_DEFAULT"}}\
    """
        .formatted(arn, arn.keyId(), state, state.equals("Enabled"));
  }

  private static String grant(String id, String name) {
    return "{\"GrantId\":\"%s\",\"Name\":\"%s\"}".formatted(id, name);
  }
}
