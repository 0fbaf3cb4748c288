package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.audit.AuditResource;
import dev.berth.core.audit.CallError;
import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.core.throttle.Rate;
import dev.berth.core.usage.CallCounts;
import dev.berth.core.usage.CallCounts.CallCount;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** What is recorded of calls of the API. */
class EcrRecordingTest {

  private static final AuditResource APP = AuditResource.repository("us-east-1", ACCOUNT, "app");

  private final List<AuditRecord> audited = new ArrayList<>();
  private final CallCounts counts = new CallCounts();
  private final SdkRegistry registry = new SdkRegistry();

  @AfterEach
  void close() {
    registry.close();
  }

  private RawEcrClient probe(Authorizer authorizer, Rate rate) {
    var response = new Probe.Response(Optional.of("secret"), Optional.empty(), List.of());
    var probe = new Operations.Entry<>(Probe.Request.class, new Probe(any -> response));
    return new RawEcrClient(
        new Operations(List.of(probe)),
        Throttles.of(rate),
        authorizer,
        new CallRecorder(audited::add, counts, RawEcrClient.NOW));
  }

  private RawEcrClient probe() {
    return probe(Authorizers.withoutPolicies(), new Rate(1000, 1000));
  }

  private AuditRecord only() {
    assertThat(audited).hasSize(1);
    return audited.getFirst();
  }

  private static String parameters(AuditRecord event) {
    return event.requestParameters().orElseThrow().toString();
  }

  @Test
  void aCallIsRecordedWithWhoMadeItAndWhence() {
    probe().call("Probe", "{\"repositoryName\":\"app\",\"force\":true}");

    AuditRecord event = only();
    assertThat(event.eventName()).isEqualTo("Probe");
    assertThat(event.eventTime()).isEqualTo(RawEcrClient.NOW.instant());
    assertThat(event.sourceIpAddress()).isEqualTo("127.0.0.1");
    assertThat(event.requestId()).contains("request-1");
    assertThat(event.recipientAccountId()).contains(ACCOUNT);
    assertThat(event.resources()).containsExactly(APP);
    assertThat(event.error()).isEmpty();
    assertThat(parameters(event)).isEqualTo("{\"repositoryName\":\"app\",\"force\":true}");
    assertThat(new String(AuditJson.line(event), UTF_8))
        .contains("\"arn\":\"arn:aws:iam::123456789012:root\"", "\"accessKeyId\":\"AKIDEXAMPLE\"");
  }

  @Test
  void bytesAndMembersThatTheOperationDoesNotHaveAreLeftOut() {
    probe()
        .call(
            "Probe",
            "{\"blob\":\"AAAA\",\"x\":{\"repositoryName\":[1]},\"repositoryName\":\"app\","
                + "\"secretAccessKey\":\"s\"}");

    assertThat(parameters(only())).isEqualTo("{\"repositoryName\":\"app\"}");
  }

  @Test
  void aDeniedCallIsRecorded() {
    probe(attempt -> new Denied("no"), new Rate(1000, 1000))
        .call("Probe", "{\"repositoryName\":\"app\"}");

    assertThat(only().error()).contains(new CallError("AccessDeniedException", "no"));
    assertThat(only().responseElements()).isEmpty();
    assertThat(only().resources()).containsExactly(APP);
  }

  @Test
  void aThrottledCallIsRecorded() {
    RawEcrClient seldom = probe(Authorizers.withoutPolicies(), new Rate(0.001, 1));
    seldom.call("Probe", "{\"repositoryName\":\"app\"}");
    seldom.call("Probe", "{\"repositoryName\":\"app\"}");

    assertThat(audited.getLast().error())
        .contains(new CallError("ThrottlingException", "Rate exceeded"));
  }

  @Test
  void aCallThatIsNotValidIsRecordedWithWhatWasSent() {
    probe().call("Probe", "{\"repositoryName\":\"APP\",\"maxResults\":\"x\"}");

    assertThat(parameters(only())).isEqualTo("{\"repositoryName\":\"APP\",\"maxResults\":\"x\"}");
    assertThat(only().error().map(CallError::code)).contains("SerializationException");
    assertThat(only().resources()).isEmpty();
  }

  @Test
  void ofABrokenBodyTheBeginningIsRecorded() {
    probe().call("Probe", "{\"repositoryName\":\"app\",\"force\":tru");
    probe().call("Probe", "");
    probe().call("Probe", "{\"repositoryName\":\"app\"}".getBytes(UTF_16));

    assertThat(audited).hasSize(3);
    assertThat(parameters(audited.getFirst())).isEqualTo("{\"repositoryName\":\"app\"}");
    assertThat(parameters(audited.get(1))).isEqualTo("{}");
    assertThat(parameters(audited.getLast())).isEqualTo("{\"repositoryName\":\"app\"}");
  }

  @Test
  void aRequestThatIsTooLargeToRecordIsNotedWithItsSize() {
    String name = "x".repeat(200_000);
    probe().call("Probe", "{\"repositoryName\":\"%s\"}".formatted(name));

    assertThat(parameters(only())).contains("\"omitted\":true", "\"originalSize\":200000");
  }

  @Test
  void whoIsNotAuthenticatedIsNotRecorded() {
    var client = probe();
    var request = new TestSigner().header("x-amz-target", "none").sign();
    client.send(request, new ByteArrayInputStream(request.body()), OptionalLong.empty());
    client.signer = new TestSigner().header("x-amz-date", "20150830T133600Z");
    client.call("Probe", "{\"repositoryName\":\"app\"}");

    assertThat(audited).isEmpty();
  }

  @Test
  void aWriteIsRecordedWithWhatItChanged() {
    registry.ecr.createRepository(r -> r.repositoryName("testrepo"));

    AuditRecord event = registry.audited.getFirst();
    assertThat(parameters(event)).isEqualTo("{\"repositoryName\":\"testrepo\"}");
    var repository = event.responseElements().orElseThrow().path("repository");
    assertThat(repository.path("repositoryArn").asText())
        .isEqualTo("arn:aws:ecr:us-east-1:123456789012:repository/testrepo");
    // in words, as in the guide's entry
    assertThat(repository.path("createdAt").asText())
        .matches(
            Pattern.compile("[A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4} [0-9]{1,2}(:[0-9]{2}){2} [AP]M"));
    assertThat(event.readOnly()).isFalse();
    assertThat(event.userAgent()).contains("aws-sdk-java");
  }

  @Test
  void aReadIsRecordedWithoutWhatWasRead() {
    registry.ecr.getAuthorizationToken();

    AuditRecord event = registry.audited.getFirst();
    assertThat(event.eventName()).isEqualTo("GetAuthorizationToken");
    assertThat(event.readOnly()).isTrue();
    assertThat(event.responseElements()).isEmpty();
  }

  @Test
  void aRefusalOfTheRegistryIsRecordedByItsCode() {
    assertThatThrownBy(() -> registry.ecr.listImages(r -> r.repositoryName("app")))
        .isInstanceOf(RepositoryNotFoundException.class);

    assertThat(registry.audited.getFirst().error().map(CallError::code))
        .contains("RepositoryNotFoundException");
  }

  @Test
  void aPartIsRecordedWithoutItsBytes() {
    registry.ecr.createRepository(r -> r.repositoryName("app"));
    String upload = registry.ecr.initiateLayerUpload(r -> r.repositoryName("app")).uploadId();
    registry.ecr.uploadLayerPart(
        r ->
            r.repositoryName("app")
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(599L)
                .layerPartBlob(SdkBytes.fromByteArray(new byte[600])));

    AuditRecord event = registry.audited.getLast();
    assertThat(event.requestParameters().orElseThrow().path("partLastByte").asLong())
        .isEqualTo(599);
    assertThat(new String(AuditJson.line(event), UTF_8)).doesNotContain("layerPartBlob", "AAAA");
  }

  @Test
  void aRepositoryOfKmsIsMadeWithTwoGrantsInTheNameOfItsMaker() {
    registry.ecr.createRepository(
        r ->
            r.repositoryName("app")
                .encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS)));

    assertThat(registry.audited)
        .extracting(AuditRecord::eventName)
        .containsExactly("CreateGrant", "CreateGrant", "CreateRepository");
    String grant = new String(AuditJson.line(registry.audited.getFirst()), UTF_8);
    assertThat(grant)
        .contains(
            "\"eventSource\":\"kms.amazonaws.com\"",
            "\"accessKeyId\":\"AKIDEXAMPLE\"",
            "\"invokedBy\":\"AWS Internal\"",
            "\"operations\":[\"GenerateDataKey\"]",
            "\"aws:ecr:arn\":\"arn:aws:ecr:us-east-1:123456789012:repository/app\"",
            "\"type\":\"AWS::KMS::Key\"");
  }

  @Test
  void grantsAreRetiredByTheServiceItself() {
    registry.ecr.createRepository(
        r ->
            r.repositoryName("app")
                .encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS)));
    registry.ecr.deleteRepository(r -> r.repositoryName("app"));
    registry.services.sweeper().run();

    assertThat(registry.audited.subList(4, registry.audited.size()))
        .extracting(AuditRecord::eventName)
        .containsExactly("RetireGrant", "RetireGrant");
    assertThat(new String(AuditJson.line(registry.audited.getLast()), UTF_8))
        .contains(
            "\"userIdentity\":{\"accountId\":\"123456789012\",\"invokedBy\":\"AWS Internal\"}",
            "\"grantId\":\"berth:");
  }

  @Test
  void aGrantThatIsRefusedIsRecorded() {
    registry.keys.refuseGrants();
    assertThatThrownBy(
            () ->
                registry.ecr.createRepository(
                    r ->
                        r.repositoryName("app")
                            .encryptionConfiguration(e -> e.encryptionType(EncryptionType.KMS))))
        .hasMessageContaining("too many grants");

    assertThat(registry.audited)
        .extracting(
            event -> event.eventName() + " " + event.error().map(CallError::code).orElse(""))
        .contains("CreateGrant LimitExceededException", "CreateRepository KmsException");
  }

  @Test
  void callsAreCounted() {
    var recorder = new CallRecorder(unkept -> {}, counts, RawEcrClient.NOW);
    var client =
        new RawEcrClient(
            registry.operations,
            Throttles.of(new Rate(0.001, 1)),
            Authorizers.withoutPolicies(),
            recorder);
    client.call("ListImages", "{}");
    client.call("ListImages", "{}");

    assertThat(counts.counts()).containsExactly(new CallCount(ACCOUNT, "ListImages", 2, 1));
  }
}
