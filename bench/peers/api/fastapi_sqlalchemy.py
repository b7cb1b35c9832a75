"""Meetings with FastAPI and SQLAlchemy's async ORM on aiosqlite, as the manuals of both show it."""

import os
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.peers.api.table import VARIABLE

engine = create_async_engine(f"sqlite+aiosqlite:///{os.environ[VARIABLE]}", pool_size=8)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


@event.listens_for(engine.sync_engine, "connect")
def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 (the driver's own)
    cursor = connection.cursor()
    for pragma in ("synchronous = NORMAL", "journal_mode = WAL", "busy_timeout = 5000"):
        cursor.execute(f"PRAGMA {pragma}")


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    organizer: Mapped[str]
    subject: Mapped[str]
    start_time: Mapped[str]
    end_time: Mapped[str]
    type: Mapped[str]
    password: Mapped[int]
    status: Mapped[str]


class New(BaseModel):
    subject: str
    starttime: str
    endtime: str
    meetingtype: str = "scheduled"
    passwordrequired: bool = False
    organizer: str = "org1"


class Meeting(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    organizer: str
    subject: str
    start_time: str
    end_time: str
    type: str
    password: bool
    status: str


async def session() -> AsyncIterator[AsyncSession]:
    async with sessions() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]


@app.post("/meetings", status_code=201)
async def create(new: New, db: Session) -> dict[str, object]:
    row = Row(
        organizer=new.organizer,
        subject=new.subject,
        start_time=new.starttime,
        end_time=new.endtime,
        type=new.meetingtype,
        password=int(new.passwordrequired),
        status="INACTIVE",
    )
    db.add(row)
    await db.commit()
    return {
        "meetingid": row.id,
        "joinURL": f"https://local/join/{row.id}",
        "maxParticipants": 250,
        "conferenceCallInfo": "VoIP",
    }


@app.get("/meetings", response_model=list[Meeting])
async def find(organizer: str, db: Session) -> Any:  # noqa: ANN401 (rows, which FastAPI turns into the model)
    query = select(Row).where(Row.organizer == organizer).order_by(Row.start_time.desc()).limit(20)
    return (await db.scalars(query)).all()


@app.get("/meetings/{number}", response_model=Meeting)
async def get(number: int, db: Session) -> Any:  # noqa: ANN401
    return await db.get(Row, number)
