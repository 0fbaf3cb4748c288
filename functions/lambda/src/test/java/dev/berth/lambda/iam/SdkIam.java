package dev.berth.lambda.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.authz.PolicyAuthorizer;
import dev.berth.registry.authz.ResourcePolicies;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/** The API of IAM as the AWS SDK's client sees it, with the policies of who calls acting. */
final class SdkIam implements AutoCloseable {

  static final String ACCOUNT = "123456789012";
  static final String READ_ONLY = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
  static final String POWER_USER = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser";
  static final String ALLOW_ALL =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
      """;

  private final MemoryTable table = new MemoryTable();
  final Identities identities = TestIdentities.in(table, Clock.systemUTC());

  /** As the account's root. */
  final IamClient iam;

  private final LambdaEdge edge;
  private final List<IamClient> clients = new ArrayList<>();

  SdkIam() {
    var api =
        new IamApi(
            CallRecorder.none(),
            TestIdentities.actions(identities, Clock.systemUTC()),
            new SigV4Verifier(Clock.systemUTC()),
            identities.keys(),
            Throttles.none(),
            authorizer());
    try {
      edge =
          new LambdaEdge(
              new ApiFunction(
                  api, new MemoryObjects(1), new RegistryAddress(ACCOUNT, "eu-west-1")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    iam = client(AwsBasicCredentials.create(TestSigner.KEY.id(), TestSigner.KEY.secret()));
  }

  private Authorizer authorizer() {
    return new PolicyAuthorizer(
        identities::grants, new ResourcePolicies(table, Clock.systemUTC()), Clock.systemUTC());
  }

  private IamClient client(AwsCredentials credentials) {
    return client(credentials, Region.AWS_GLOBAL);
  }

  private IamClient client(AwsCredentials credentials, Region region) {
    IamClient client =
        IamClient.builder()
            .endpointOverride(edge.uri())
            .region(region)
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClient(Apache5HttpClient.create())
            .build();
    clients.add(client);
    return client;
  }

  /** As a user of this name, which has one inline policy. */
  IamClient user(String name, String policy) {
    iam.createUser(r -> r.userName(name));
    iam.putUserPolicy(r -> r.userName(name).policyName("own").policyDocument(policy));
    return with(name);
  }

  /** As a user that there is, with a new key. */
  IamClient with(String user) {
    return with(user, Region.AWS_GLOBAL);
  }

  /** Who signs for another region than most clients do. */
  IamClient with(String user, Region region) {
    var key = iam.createAccessKey(r -> r.userName(user)).accessKey();
    return client(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()), region);
  }

  IamClient session(AccessKey temporary) {
    return client(
        AwsSessionCredentials.create(
            temporary.id(), temporary.secret(), temporary.sessionToken().orElseThrow()));
  }

  static String allow(String action, String resource) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"%s","Resource":"%s"}]}\
    """
        .formatted(action, resource);
  }

  static String trust(String principal) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},\
    "Action":"sts:AssumeRole"}]}\
    """
        .formatted(principal);
  }

  static String decoded(String document) {
    // not a form's: a plus is a plus
    return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  static void assertRefused(String code, String message, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            IamException.class,
            refused -> {
              var details = refused.awsErrorDetails();
              assertThat(details.errorCode()).as(details.errorMessage()).isEqualTo(code);
              assertThat(details.errorMessage()).contains(message);
            });
  }

  @Override
  public void close() {
    clients.forEach(IamClient::close);
    edge.close();
  }
}
