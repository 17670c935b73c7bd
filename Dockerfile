# Builds Tocsin and runs it as a user of its own.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml .
COPY src src
COPY alert-rules alert-rules
COPY runbooks runbooks
RUN mvn -q -B -DskipTests package

FROM eclipse-temurin:25-jre
RUN useradd --system --create-home --home-dir /var/lib/tocsin tocsin
COPY --from=build /src/target/tocsin.jar /opt/tocsin/tocsin.jar
COPY alert-rules /etc/tocsin/alert-rules
COPY runbooks /etc/tocsin/runbooks
USER tocsin
WORKDIR /etc/tocsin
EXPOSE 9110 9111
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-jar", "/opt/tocsin/tocsin.jar"]
CMD ["serve", "--config", "/etc/tocsin/tocsin.yaml", "--data", "/var/lib/tocsin"]
