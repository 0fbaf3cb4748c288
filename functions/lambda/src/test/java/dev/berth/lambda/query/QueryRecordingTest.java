package dev.berth.lambda.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.core.throttle.Rate;
import dev.berth.core.throttle.Throttle;
import dev.berth.core.usage.CallCounts;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Parameters;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is recorded of calls of IAM and STS. */
class QueryRecordingTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);

  private final List<AuditRecord> audited = new ArrayList<>();
  private final CallRecorder recorder = new CallRecorder(audited::add, new CallCounts(), NOW);

  /** Stands for any action. */
  private record GetRole() implements QueryAction {
    @Override
    public List<Permission> permissions(QueryRequest request) {
      return List.of(new Permission("iam:GetRole", "*"));
    }

    @Override
    public List<Element> run(QueryRequest request) {
      return List.of(Element.of("Role", Element.of("RoleName", request.required("RoleName"))));
    }
  }

  private void call(String body, Authorizer authorizer) {
    KeyLookup keys = id -> Optional.of(TestSigner.KEY).filter(key -> key.id().equals(id));
    api(keys, authorizer)
        .handle(request(new TestSigner().scopedTo("iam").body(body.getBytes(UTF_8)).sign()));
  }

  private QueryApi api(KeyLookup keys, Authorizer authorizer) {
    return api(keys, Throttles.none(), authorizer);
  }

  private QueryApi api(KeyLookup keys, Throttle throttle, Authorizer authorizer) {
    return new QueryApi(
        recorder,
        new QueryService("iam", "2010-05-08", Optional.of("us-east-1")),
        List.of(new GetRole()),
        new SigV4Verifier(NOW),
        keys,
        throttle,
        authorizer);
  }

  private static Request request(SignedRequest signed) {
    return new Request(
        signed.method(),
        signed.path(),
        signed.rawQuery(),
        "iam.amazonaws.com",
        new RegistryAddress("123456789012", "us-west-2"),
        new Headers(signed.headers()),
        new ByteArrayInputStream(signed.body()),
        OptionalLong.empty(),
        "127.0.0.1",
        true,
        "request-1");
  }

  private String line() {
    assertThat(audited).hasSize(1);
    return new String(AuditJson.line(audited.getFirst()), UTF_8);
  }

  @Test
  void aCallIsRecordedInTheRegionOfIam() {
    call(
        "Action=GetRole&RoleName=AWSServiceRoleForECRReplication&Version=2010-05-08",
        Authorizers.withoutPolicies());

    assertThat(line())
        .contains(
            "\"eventSource\":\"iam.amazonaws.com\"",
            "\"eventName\":\"GetRole\"",
            "\"awsRegion\":\"us-east-1\"",
            "\"requestParameters\":{\"roleName\":\"AWSServiceRoleForECRReplication\"}",
            "\"responseElements\":null",
            "\"readOnly\":true");
  }

  @Test
  void aDeniedCallIsRecorded() {
    call("Action=GetRole&RoleName=x&Version=2010-05-08", attempt -> new Denied("no"));

    assertThat(line()).contains("\"errorCode\":\"AccessDenied\"", "\"errorMessage\":\"no\"");
  }

  @Test
  void aCallBeyondTheRateIsRefusedAndRecorded() {
    KeyLookup keys = id -> Optional.of(TestSigner.KEY).filter(key -> key.id().equals(id));
    QueryApi api = api(keys, Throttles.of(new Rate(0.001, 1)), Authorizers.withoutPolicies());
    byte[] body = "Action=GetRole&Version=2010-05-08&RoleName=ci".getBytes(UTF_8);
    SignedRequest signed = new TestSigner().scopedTo("iam").body(body).sign();

    assertThat(api.handle(request(signed)).status()).isEqualTo(200);
    assertThat(api.handle(request(signed)).status()).isEqualTo(400);

    assertThat(audited).hasSize(2);
    assertThat(AuditJson.line(audited.getLast()))
        .asString(UTF_8)
        .contains("\"errorCode\":\"Throttling\"", "\"errorMessage\":\"Rate exceeded\"");
  }

  @Test
  void aRequestThatIsNotSignedIsNotRecorded() {
    api(id -> Optional.empty(), Authorizers.withoutPolicies())
        .handle(request(new TestSigner().scopedTo("iam").sign()));

    assertThat(audited).isEmpty();
  }

  @Test
  void listsOfParametersAreLists() {
    assertThat(
            QueryMembers.ofParameters(
                    Parameters.parse(
                        "Action=TagUser&UserName=Mary&Tags.member.1.Key=a&Tags.member.1.Value=b"
                            + "&Tags.member.999999999.Key=c&TagKeys.member.1=d&Password=p"
                            + "&Tags.member.1.Password=p&TokenCode=123456&.=&Tags.x=y"))
                .toString())
        .isEqualTo(
            "{\"tagKeys\":[\"d\"],\"tags\":[{\"key\":\"a\",\"value\":\"b\"},{\"key\":\"c\"}],"
                + "\"userName\":\"Mary\"}");
  }

  @Test
  void aListThatIsATextTooIsRecordedAsTheListItIs() {
    assertThat(
            QueryMembers.ofParameters(
                    Parameters.parse(
                        "Tags=x&Tags.member.1.Key=a&TagKeys=x&TagKeys.member.1=d"
                            + "&Arn=x&arn.member.1=b&Path.member.1=c&Path.member.1.Key=e"))
                .toString())
        .isEqualTo(
            "{\"arn\":[\"b\"],\"path\":[\"c\",{\"key\":\"e\"}],\"tagKeys\":[\"d\"],"
                + "\"tags\":[{\"key\":\"a\"}]}");
  }

  @Test
  void aSecretThatIsAnsweredIsInNoRecord() {
    var recording = new QueryRecording(recorder, "iam", request(new TestSigner().sign()));
    recording.called(
        Principal.root("123456789012", "AKIAROOT"),
        "us-east-1",
        "CreateAccessKey",
        Parameters.parse("UserName=Mary"));
    recording.succeeded(
        List.of(
            Element.of(
                "AccessKey",
                Element.of("UserName", "Mary"),
                Element.of("AccessKeyId", "AKIANEW"),
                Element.of("SecretAccessKey", "hush"))));

    assertThat(line())
        .contains("\"accessKey\":{\"userName\":\"Mary\",\"accessKeyId\":\"AKIANEW\"}")
        .doesNotContain("hush", "ecretAccessKey");
  }

  @Test
  void ofTemporaryKeysTheIdAloneIsRecorded() {
    for (String action : List.of("AssumeRole", "GetSessionToken")) {
      audited.clear();
      var recording = new QueryRecording(recorder, "sts", request(new TestSigner().sign()));
      recording.called(
          Principal.root("123456789012", "AKIAROOT"), "us-east-1", action, Parameters.parse(""));
      recording.succeeded(
          List.of(
              Element.of(
                  "Credentials",
                  Element.of("AccessKeyId", "ASIANEW"),
                  Element.of("SecretAccessKey", "hush"),
                  Element.of("SessionToken", "hush"))));

      assertThat(line())
          .contains(
              "\"eventSource\":\"sts.amazonaws.com\"",
              "\"credentials\":{\"accessKeyId\":\"ASIANEW\"}",
              "\"readOnly\":true")
          .doesNotContain("hush");
    }
  }
}
