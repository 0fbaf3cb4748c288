package dev.berth.aws.s3;

import dev.berth.registry.store.Objects.Method;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A bucket at an endpoint, and who uses it. */
record S3Fixture(
    URI endpoint,
    Region region,
    AwsCredentialsProvider user,
    String bucket,
    S3Client s3,
    S3Presigner presigner)
    implements AutoCloseable {

  static S3Fixture at(
      URI endpoint,
      Region region,
      AwsCredentialsProvider user,
      String bucket,
      ExecutionInterceptor... interceptors) {
    var presigner =
        S3Presigner.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(user)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
    var client =
        client(endpoint, region, user)
            .overrideConfiguration(
                configuration -> configuration.executionInterceptors(List.of(interceptors)))
            .build();
    return new S3Fixture(endpoint, region, user, bucket, client, presigner);
  }

  static S3ClientBuilder client(URI endpoint, Region region, AwsCredentialsProvider user) {
    return S3Clients.builder()
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(user)
        .forcePathStyle(true);
  }

  S3Fixture withNewBucket() {
    s3.createBucket(request -> request.bucket(bucket));
    return this;
  }

  S3Objects objects() {
    return new S3Objects(s3, presigner, bucket);
  }

  /** As the SDK's presigner signs, which cannot be told the time. */
  URI linkSignedAt(Instant time, String key, Method method, Duration validity) {
    AwsCredentialsIdentity identity = user.resolveCredentials();
    var link =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method.name()))
            .uri(endpoint.resolve("/" + bucket + "/" + key))
            .build();
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                signing ->
                    signing
                        .identity(identity)
                        .request(link)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, validity)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)));
    return signed.request().getUri();
  }

  @Override
  public void close() {
    s3.close();
    presigner.close();
  }
}
