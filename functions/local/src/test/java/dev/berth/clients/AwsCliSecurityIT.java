package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The guide's chapters on setting up and on security, with the AWS CLI as root, as users and roles
 * of the account, and as a user of another one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AwsCliSecurityIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OTHER_ACCOUNT = "210987654321";
  private static final String ARN = "arn:aws:ecr:us-east-1:" + Berth.ACCOUNT + ":repository/";
  private static final String MANAGED = "arn:aws:iam::aws:policy/";
  private static final String ALLOW =
      "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", %s}}";

  private static WorkDirectory directory;
  private static Berth berth;
  private static GuideShell root;
  private static GuideShell otherRoot;

  @BeforeAll
  static void twoAccounts() {
    Programs.assumeInstalled("aws", "bash", "curl");
    directory = WorkDirectory.create();
    berth = Berth.in(directory.path(), Map.of(), "--regions", "us-east-1");
    root = new GuideShell(directory.path(), berth, List.of("us-east-1"));
    Path data = directory.path().resolve("data");
    Command.in(directory.path(), Berth.launcher(), "add-account", OTHER_ACCOUNT, "--data", data)
        .run();
    otherRoot =
        root.as(
            Berth.exports(directory.path(), Berth.launcher(), data, "--account", OTHER_ACCOUNT));
  }

  @AfterAll
  static void end() {
    if (berth != null) {
      berth.close();
    }
    if (directory != null) {
      directory.close();
    }
  }

  /** "Setting up with Amazon ECR", "Create an IAM user". */
  @Test
  @Order(1)
  void anAdministratorIsMadeByTheRoot() throws IOException {
    assertThat(root.json("aws sts get-caller-identity").get("Arn").asText())
        .isEqualTo("arn:aws:iam::" + Berth.ACCOUNT + ":root");
    GuideShell administrator = user(root, "Administrator", "AdministratorAccess");
    assertThat(administrator.json("aws sts get-caller-identity").get("Arn").asText())
        .isEqualTo("arn:aws:iam::" + Berth.ACCOUNT + ":user/Administrator");
    administrator.run("aws ecr create-repository --repository-name my-repo");
    administrator.push(0, "my-repo", "latest");
    assertThat(administrator.run("aws iam list-users")).contains("Administrator");
    assertThat(administrator.run("aws iam list-attached-user-policies --user-name Administrator"))
        .contains(MANAGED + "AdministratorAccess");
  }

  /** "Amazon ECR Managed Policies", AmazonEC2ContainerRegistryReadOnly. */
  @Test
  @Order(2)
  void aReaderReads() {
    GuideShell reader = user(root, "reader", "AmazonEC2ContainerRegistryReadOnly");
    assertThat(reader.run("aws ecr list-images --repository-name my-repo")).contains("latest");
    assertThat(pull(reader, "my-repo", "latest")).isEqualTo("200");
    assertThat(reader.failure("aws ecr create-repository --repository-name mine"))
        .contains(
            "AccessDeniedException",
            "User: arn:aws:iam::%s:user/reader is not authorized to perform: ecr:CreateRepository on resource: %smine because no identity-based policy allows the ecr:CreateRepository action"
                .formatted(Berth.ACCOUNT, ARN));
    assertThat(beginUpload(reader, "my-repo")).isEqualTo("403");
    assertThat(reader.failure("aws iam create-user --user-name friend")).contains("AccessDenied");
  }

  /** "Amazon ECR Managed Policies", AmazonEC2ContainerRegistryPowerUser. */
  @Test
  @Order(3)
  void aPowerUserPushesAndDeletesNothing() throws IOException {
    GuideShell power = user(root, "power", "AmazonEC2ContainerRegistryPowerUser");
    power.push(0, "my-repo", "v1");
    assertThat(pull(power, "my-repo", "v1")).isEqualTo("200");
    assertThat(
            power.failure(
                "aws ecr batch-delete-image --repository-name my-repo --image-ids imageTag=v1"))
        .contains("ecr:BatchDeleteImage");
    assertThat(power.failure("aws ecr delete-repository --repository-name my-repo --force"))
        .contains("because no identity-based policy allows the ecr:DeleteRepository action");
  }

  /** "Accessing One Amazon ECR Repository". */
  @Test
  @Order(4)
  void oneRepositoryOnly() {
    root.run("aws ecr create-repository --repository-name other-repo");
    GuideShell one = user(root, "one");
    put(
        root,
        "one",
        ALLOW.formatted("\"Action\": \"ecr:*\", \"Resource\": \"" + ARN + "my-repo\""));
    assertThat(one.run("aws ecr list-images --repository-name my-repo")).contains("latest");
    assertThat(one.failure("aws ecr list-images --repository-name other-repo"))
        .contains("AccessDeniedException");
    assertThat(one.failure("aws ecr get-login-password"))
        .contains("ecr:GetAuthorizationToken on resource: *");
  }

  /** "Using Tag-Based Access Control". */
  @Test
  @Order(5)
  void tagsDecide() {
    GuideShell developer = user(root, "developer");
    String dev = "\"Condition\": {\"StringEquals\": {\"aws:RequestTag/environment\": \"dev\"}}";
    put(
        root,
        "developer",
        ALLOW.formatted(
            "\"Action\": [\"ecr:CreateRepository\", \"ecr:TagResource\"], \"Resource\": \"*\", "
                + dev));
    String create = "aws ecr create-repository --repository-name ";
    developer.run(create + "tagged-dev --tags Key=environment,Value=dev");
    assertThat(developer.failure(create + "tagged-prod --tags Key=environment,Value=prod"))
        .contains("AccessDeniedException");
    assertThat(developer.failure(create + "untagged")).contains("AccessDeniedException");

    GuideShell careful = user(root, "careful");
    put(
        root,
        "careful",
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"},
          {"Effect": "Deny", "Action": "ecr:*", "Resource": "*",
           "Condition": {"StringEquals": {"ecr:ResourceTag/environment": "prod"}}}]}
        """);
    root.run(create + "prod --tags Key=environment,Value=prod");
    careful.run("aws ecr list-images --repository-name tagged-dev");
    assertThat(careful.failure("aws ecr list-images --repository-name prod"))
        .contains("with an explicit deny in an identity-based policy");
  }

  /** "Repository policy examples": another account pulls where both sides allow it. */
  @Test
  @Order(6)
  void anotherAccountPullsWhereBothAllowIt() {
    GuideShell stranger = user(otherRoot, "stranger");
    String latest =
        "aws ecr batch-get-image --repository-name my-repo --image-ids imageTag=latest"
            + " --registry-id "
            + Berth.ACCOUNT;
    assertThat(stranger.failure(latest)).contains("AccessDeniedException");
    attach(otherRoot, "stranger", "AmazonEC2ContainerRegistryReadOnly");
    assertThat(stranger.failure(latest))
        .contains("because no resource-based policy allows the ecr:BatchGetImage action");
    setPolicy(
        "my-repo",
        """
        {"Version": "2008-10-17", "Statement": [{
          "Sid": "AllowCrossAccountPull", "Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::%s:root"},
          "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}]}
        """
            .formatted(OTHER_ACCOUNT));
    assertThat(stranger.run(latest)).contains("sha256:");
    assertThat(pull(stranger, "my-repo", "latest")).isEqualTo("200");
    assertThat(beginUpload(stranger, "my-repo")).isEqualTo("403");
    root.run("aws ecr delete-repository-policy --repository-name my-repo");
    assertThat(pull(stranger, "my-repo", "latest")).isEqualTo("403");
  }

  /** "Repository policy examples": deny all, and restrict access to IP addresses. */
  @Test
  @Order(7)
  void theRootMendsWhatItDeniedItself() {
    String list = "aws ecr list-images --repository-name my-repo";
    setPolicy(
        "my-repo",
        """
        {"Version": "2008-10-17", "Statement": [{
          "Sid": "DenyPull", "Effect": "Deny", "Principal": "*",
          "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}]}
        """);
    assertThat(pull(root, "my-repo", "latest")).isEqualTo("403");
    String elsewhere =
        """
        {"Version": "2012-10-17", "Statement": [{
          "Sid": "IPAllow", "Effect": "%s", "Principal": "*", "Action": "ecr:ListImages",
          "Condition": {"NotIpAddress": {"aws:SourceIp": "%s"}}}]}
        """;
    setPolicy("my-repo", elsewhere.formatted("Deny", "54.240.143.0/24"));
    assertThat(root.failure(list)).contains("with an explicit deny in a resource-based policy");
    setPolicy("my-repo", elsewhere.formatted("Deny", "127.0.0.0/8"));
    root.run(list);
    root.run("aws ecr delete-repository-policy --repository-name my-repo");
  }

  /** A role gives its permissions for a while, and a session policy takes some of them away. */
  @Test
  @Order(8)
  void aRoleIsAssumed() throws IOException {
    GuideShell deployer = user(root, "deployer");
    String trust =
        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::%s:user/deployer\"}, \"Action\": \"sts:AssumeRole\"}}"
            .formatted(Berth.ACCOUNT);
    root.write("trust.json", trust);
    root.run(
        "aws iam create-role --role-name deploy --assume-role-policy-document file://trust.json");
    root.run(
        "aws iam attach-role-policy --role-name deploy --policy-arn "
            + MANAGED
            + "AmazonEC2ContainerRegistryPowerUser");
    String assume =
        "aws sts assume-role --role-session-name release --role-arn arn:aws:iam::%s:role/deploy"
            .formatted(Berth.ACCOUNT);
    GuideShell session = session(deployer, assume);
    assertThat(session.json("aws sts get-caller-identity").get("Arn").asText())
        .isEqualTo("arn:aws:sts::" + Berth.ACCOUNT + ":assumed-role/deploy/release");
    session.push(0, "my-repo", "by-role");

    session.write(
        "session.json", ALLOW.formatted("\"Action\": \"ecr:ListImages\", \"Resource\": \"*\""));
    GuideShell narrowed = session(deployer, assume + " --policy file://session.json");
    narrowed.run("aws ecr list-images --repository-name my-repo");
    assertThat(narrowed.failure("aws ecr describe-images --repository-name my-repo"))
        .contains("because no session policy allows the ecr:DescribeImages action");
    assertThat(user(root, "nobody").failure(assume)).contains("AccessDenied", "sts:AssumeRole");
  }

  /** "Rotating access keys": one that is not active, or gone, is no good, nor is its token. */
  @Test
  @Order(9)
  void aKeyThatIsTakenAwayIsNoGood() {
    GuideShell leaver = user(root, "leaver", "AmazonEC2ContainerRegistryReadOnly");
    String password = leaver.quietly("aws ecr get-login-password");
    assertThat(curl(leaver, password, "-X GET", "my-repo/manifests/latest")).isEqualTo("200");
    String id =
        root.json("aws iam list-access-keys --user-name leaver")
            .at("/AccessKeyMetadata/0/AccessKeyId")
            .asText();
    String key = " --user-name leaver --access-key-id " + id;
    root.run("aws iam update-access-key --status Inactive" + key);
    assertThat(leaver.failure("aws ecr describe-repositories"))
        .contains("UnrecognizedClientException");
    assertThat(curl(leaver, password, "-X GET", "my-repo/manifests/latest")).isEqualTo("401");
    root.run("aws iam update-access-key --status Active" + key);
    leaver.run("aws ecr list-images --repository-name my-repo");
    root.run("aws iam delete-access-key" + key);
    assertThat(leaver.failure("aws sts get-caller-identity")).contains("InvalidClientTokenId");
    assertThat(curl(leaver, password, "-X GET", "my-repo/manifests/latest")).isEqualTo("401");
  }

  /** A user of the account's, with a key. */
  private static GuideShell user(GuideShell by, String name, String... managedPolicies) {
    by.run("aws iam create-user --user-name " + name);
    for (String policy : managedPolicies) {
      attach(by, name, policy);
    }
    return by.as(key(by.quietly("aws iam create-access-key --user-name " + name), "/AccessKey"));
  }

  private static GuideShell session(GuideShell by, String assume) {
    return by.as(key(by.quietly(assume), "/Credentials"));
  }

  private static Map<String, String> key(String answer, String pointer) {
    try {
      JsonNode key = JSON.readTree(answer).at(pointer);
      var variables = new TreeMap<String, String>();
      variables.put("AWS_ACCESS_KEY_ID", key.get("AccessKeyId").asText());
      variables.put("AWS_SECRET_ACCESS_KEY", key.get("SecretAccessKey").asText());
      if (key.has("SessionToken")) {
        variables.put("AWS_SESSION_TOKEN", key.get("SessionToken").asText());
      }
      return variables;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void attach(GuideShell by, String user, String policy) {
    by.run("aws iam attach-user-policy --user-name " + user + " --policy-arn " + MANAGED + policy);
  }

  private static void put(GuideShell by, String user, String policy) {
    by.write("policy.json", policy);
    by.run(
        "aws iam put-user-policy --policy-name mine --policy-document file://policy.json"
            + " --user-name "
            + user);
  }

  private static void setPolicy(String repository, String policy) {
    root.write("repository.json", policy);
    root.run(
        "aws ecr set-repository-policy --policy-text file://repository.json --repository-name "
            + repository);
  }

  /** The status of the answer. */
  private static String pull(GuideShell by, String repository, String tag) {
    return curl(by, repository + "/manifests/" + tag, "-X GET");
  }

  private static String beginUpload(GuideShell by, String repository) {
    return curl(by, repository + "/blobs/uploads/", "-X POST");
  }

  private static String curl(GuideShell by, String path, String method) {
    return curl(by, by.quietly("aws ecr get-login-password"), method, path);
  }

  private static String curl(GuideShell by, String password, String method, String path) {
    return by.as(Map.of("PASSWORD", password))
        .run(
            "curl -s -o /dev/null -w '%%{http_code}' %s -u \"AWS:$PASSWORD\" http://%s/v2/%s"
                .formatted(method, by.host(0), path))
        .strip();
  }
}
