package dev.berth.aws.s3;

import dev.berth.registry.store.Objects;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;

/** S3 in this process: S3Proxy, which checks signatures and their expiry. */
public final class S3ProxyServer implements AutoCloseable {

  /** Letters alone, as DynamoDB Local demands of the same key. */
  public static final String ACCESS_KEY = "localidentity";

  public static final String SECRET = "local-credential";

  private final S3Proxy proxy;
  private final List<S3Fixture> opened = new ArrayList<>();

  public S3ProxyServer(Path directory) throws Exception {
    proxy =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET)
            .blobStore(new StrictUploads(new FilesystemNio2BlobStore(directory.toString())))
            .build();
    proxy.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  static AwsCredentialsProvider user() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET));
  }

  S3Fixture bucket(String name) {
    return S3Fixture.at(endpoint(), Region.US_EAST_1, user(), name).withNewBucket();
  }

  /** What keeps objects in a new bucket, for as long as this runs. */
  public Objects newBucket(String name, ExecutionInterceptor... interceptors) {
    S3Fixture bucket =
        S3Fixture.at(endpoint(), Region.US_EAST_1, user(), name, interceptors).withNewBucket();
    opened.add(bucket);
    return bucket.objects();
  }

  @Override
  public void close() {
    opened.forEach(S3Fixture::close);
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
  }
}
